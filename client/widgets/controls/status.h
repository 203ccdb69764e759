#pragma once

#include "client/widgets/theme/themed.h"

#include <QAbstractButton>
#include <QDateTime>

class QMenu;
class QTimer;

namespace cb::widgets {

/// The five status colours of the tokens.
enum class StatusTone { Idle, Busy, WrapUp, Break, Offline };
QColor statusColor(StatusTone tone, const Tokens& tokens);

/// A coloured dot. Never alone: the word stands beside it.
class StatusDot : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit StatusDot(StatusTone tone = StatusTone::Offline, QWidget* parent = nullptr);
    void setStatusTone(StatusTone tone);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    StatusTone m_tone;
};

/// Dot, word, time in the status, what is pending, who: the button at the upper right that opens the status menu.
class StatusPill : public Themed<QAbstractButton> {
    Q_OBJECT
public:
    explicit StatusPill(QWidget* parent = nullptr);

    /// \p word is shown and read out; \p since is when the status began (invalid: no time is shown).
    void setStatus(StatusTone tone, const QString& word, const QDateTime& since = {});
    /// What takes effect later, e.g. “Break when the sessions end”; empty for nothing.
    void setPending(const QString& text);
    /// The person's name, after the status.
    void setPerson(const QString& name);
    /// Opened on click, Space, Enter and Down; not owned.
    void setMenu(QMenu* menu);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void restyle() override;

private:
    QString elapsed() const;
    void open();
    void tell();

    StatusTone m_tone = StatusTone::Offline;
    QString m_word;
    QString m_pending;
    QString m_person;
    QDateTime m_since;
    QMenu* m_menu = nullptr;
    QTimer* m_tick;
};

} // namespace cb::widgets
