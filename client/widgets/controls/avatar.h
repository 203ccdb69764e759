#pragma once

#include "client/widgets/theme/themed.h"

#include <QWidget>

namespace cb::widgets {

/// A person's initials on a colour that depends on the key only, so the same customer looks the same everywhere.
class Avatar : public Themed<QWidget> {
    Q_OBJECT
public:
    /// \p diameter in design pixels.
    explicit Avatar(int diameter = 32, QWidget* parent = nullptr);

    /// \p key decides the colour (an id); the name's hash when empty.
    void setPerson(const QString& name, const QString& key = {});
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name;
    QString m_key;
    int m_diameter;
};

QColor avatarColor(const QString& key, const Tokens& tokens);
/// For delegates.
void paintAvatar(QPainter& painter, const QRectF& rect, const QString& name, const QString& key, const Look& look);

} // namespace cb::widgets
