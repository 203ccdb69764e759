#pragma once

#include <QHash>
#include <QIcon>
#include <QObject>
#include <QSet>
#include <QString>

#include <memory>

class QMenu;
class QSystemTrayIcon;

namespace cb::platform {

/// The tray icon and desktop notifications. On Linux notifications go to org.freedesktop.Notifications (each can be
/// clicked and withdrawn on its own); elsewhere, or when that service is absent, through the tray icon. GUI thread; no
/// call blocks.
class Notifier : public QObject {
    Q_OBJECT
public:
    enum class Urgency { Normal, Critical };

    /// \p name is the program's, shown by the desktop.
    Notifier(const QString& name, const QIcon& icon, QObject* parent = nullptr);
    ~Notifier() override;

    /// Shows the tray icon where the desktop has a tray; \p menu is not owned.
    void showTray(QMenu* menu);
    void setTrayIcon(const QIcon& icon);
    void setTrayText(const QString& text);
    bool hasTray() const;

    /// \p key is the caller's: clicked() gives it back, a second notice with the same key replaces the first.
    void notify(const QString& key, const QString& title, const QString& text, Urgency urgency = Urgency::Normal);
    void withdraw(const QString& key);

Q_SIGNALS:
    void clicked(const QString& key);
    void trayActivated();
    /// There is neither a notification service nor a tray: tell the user in the window.
    void unavailable(const QString& key);

private Q_SLOTS:
    void onAction(uint id, const QString& action);
    void onClosed(uint id, uint reason);

private:
    bool connectBus();
    void sendToBus(const QString& key, const QString& title, const QString& text, Urgency urgency);
    void sendToTray(const QString& key, const QString& title, const QString& text, Urgency urgency);
    void closeOnBus(uint id);

    QString m_name;
    QIcon m_icon;
    std::unique_ptr<QSystemTrayIcon> m_tray;
    QString m_lastTrayKey;
    QHash<QString, uint> m_shown; // key → the service's id; 0 while the answer is outstanding
    QSet<QString> m_early;        // keys withdrawn while the answer was outstanding
    bool m_connected = false;
};

} // namespace cb::platform
