#pragma once

#include "client/widgets/theme/themed.h"

#include <QLabel>

namespace cb::widgets {

enum class Tone { Normal, Muted, Accent, Danger };

/// Text in one of the four sizes. Plain text always: nothing a customer typed is ever read as markup.
class Label : public Themed<QLabel> {
    Q_OBJECT
public:
    explicit Label(const QString& text = {}, TextSize size = TextSize::Body, QWidget* parent = nullptr);

    void setTextSize(TextSize size);
    void setStrong(bool strong);
    void setTone(Tone tone);

protected:
    void restyle() override;

private:
    TextSize m_size;
    bool m_strong = false;
};

/// One line that ends in … when there is no room; the whole text is its tool tip then.
class ElidedLabel : public Label {
    Q_OBJECT
public:
    explicit ElidedLabel(const QString& text = {}, TextSize size = TextSize::Body, QWidget* parent = nullptr);

    void setElideMode(Qt::TextElideMode mode);
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    bool isElided() const;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace cb::widgets
