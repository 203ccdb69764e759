#pragma once

#include "client/widgets/theme/themed.h"

#include <QPointer>
#include <QWidget>

#include <vector>

namespace cb::widgets {

/// F1: all shortcuts by group, over the dimmed window. Any key or click closes it.
class ShortcutOverlay : public Themed<QWidget> {
    Q_OBJECT
public:
    struct Group {
        QString title;
        std::vector<std::pair<QString, QString>> rows; // keys as shown, what they do
    };

    explicit ShortcutOverlay(QWidget* anywhereInWindow);
    void open(std::vector<Group> groups, const QString& title);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    int rowHeight() const;
    int groupHeight(const Group& group) const;
    int paintGroup(QPainter& painter, const Group& group, const QRect& column) const;
    void close();

    std::vector<Group> m_groups;
    QString m_title;
    QPointer<QWidget> m_focusBefore;
};

} // namespace cb::widgets
