#pragma once

#include <QObject>

class QDBusVariant;

namespace cb::platform {

/// Whether the system wants dark windows and less motion, and when that changes. Linux: the desktop portal's settings;
/// Windows: the registry at the start; elsewhere the palette's lightness. Known after the first answer; until then
/// light, with motion.
class SystemAppearance : public QObject {
    Q_OBJECT
public:
    explicit SystemAppearance(QObject* parent = nullptr);

    bool isDark() const { return m_dark; }
    bool wantsReducedMotion() const { return m_reducedMotion; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask(const QString& group, const QString& key);
    void apply(const QString& group, const QString& key, const QVariant& value);

    bool m_dark = false;
    bool m_reducedMotion = false;
};

} // namespace cb::platform
