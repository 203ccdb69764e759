#pragma once

#include "client/widgets/theme/look.h"

#include <QObject>
#include <QPointer>

namespace cb::widgets {

class ThemeStyle;

/// Chooses and applies the look of the whole program. One per QApplication, made by main after it; installs the style,
/// the palette and the font, and changes all three without a restart. GUI thread.
class Theme : public QObject {
    Q_OBJECT
public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)

    explicit Theme(QObject* parent = nullptr);

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    /// What the system says (platform::SystemAppearance reports it); used in Mode::System.
    void setSystemDark(bool dark);
    void setReducedMotion(bool reduced);
    /// 1 … 2; the kiosk uses 1.6.
    void setScale(double scale);

    bool isDark() const;
    const Look& look() const;

Q_SIGNALS:
    /// After every widget has been told (QEvent::StyleChange).
    void changed();

private:
    void apply();

    QPointer<ThemeStyle> m_style;
    QFont m_systemFont;
    Mode m_mode = Mode::System;
    bool m_systemDark = false;
    bool m_reducedMotion = false;
    double m_scale = 1.0;
};

/// The palette the tokens give; standard dialogs and plain Qt widgets use it.
QPalette paletteOf(const Tokens& tokens);

} // namespace cb::widgets
