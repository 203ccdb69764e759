#pragma once

#include "client/widgets/theme/icon.h"
#include "client/widgets/theme/themed.h"

#include <QPushButton>
#include <QToolButton>

#include <optional>

class QTimer;

namespace cb::widgets {

/// A push button. One Primary per surface; Danger for what loses something.
class Button : public Themed<QPushButton> {
    Q_OBJECT
public:
    enum class Kind { Secondary, Primary, Ghost, Danger };

    explicit Button(const QString& text, Kind kind = Kind::Secondary, QWidget* parent = nullptr);
    Button(const QString& text, Glyph glyph, Kind kind = Kind::Secondary, QWidget* parent = nullptr);

    void setKind(Kind kind);
    void setGlyph(std::optional<Glyph> glyph);
    /// A busy button turns, keeps its width and ignores clicks.
    void setBusy(bool busy);
    bool isBusy() const { return m_busy; }
    /// 28 instead of 32 px.
    void setSmall(bool small);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void restyle() override;
    bool hitButton(const QPoint& pos) const override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QColor ink() const;
    void paintGround(QPainter& painter) const;

    Kind m_kind;
    std::optional<Glyph> m_glyph;
    QTimer* m_spin = nullptr;
    int m_angle = 0;
    bool m_busy = false;
    bool m_small = false;
};

/// A square button with a glyph only. Its text is the accessible name and, with the shortcut, the tool tip.
class IconButton : public Themed<QToolButton> {
    Q_OBJECT
public:
    IconButton(Glyph glyph, const QString& text, QWidget* parent = nullptr);

    void setGlyph(Glyph glyph);
    void setLabel(const QString& text);
    /// Installs the shortcut and names it in the tool tip.
    void setKeys(const QKeySequence& keys);
    /// Red ground: hang up.
    void setDanger(bool danger);
    /// 20 px glyph in a 32 px button instead of 16 in 28.
    void setLarge(bool large);
    void setBadge(int count);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void tell();

    Glyph m_glyph;
    QString m_label;
    int m_badge = 0;
    bool m_danger = false;
    bool m_large = false;
};

} // namespace cb::widgets
