#pragma once

#include "client/widgets/theme/icon.h"
#include "client/widgets/theme/themed.h"

#include <QKeySequence>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace cb::widgets {

class RailButton;

/// The 48 px column at the left edge: pages above, actions below. Up and Down move within it.
class NavigationRail : public Themed<QWidget> {
    Q_OBJECT
public:
    explicit NavigationRail(QWidget* parent = nullptr);

    /// A page can be current; \p id is what pageChosen reports.
    void addPage(const QString& id, Glyph glyph, const QString& text, const QKeySequence& keys = {});
    /// At the foot; never current.
    void addAction(const QString& id, Glyph glyph, const QString& text, const QKeySequence& keys = {});
    void setText(const QString& id, const QString& text);
    void setBadge(const QString& id, int count);
    void setShown(const QString& id, bool shown);
    void setCurrent(const QString& id);
    QString current() const { return m_current; }

Q_SIGNALS:
    void pageChosen(const QString& id);
    void actionTriggered(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void restyle() override;

private:
    RailButton* add(const QString& id, Glyph glyph, const QString& text, const QKeySequence& keys);
    RailButton* find(const QString& id) const;

    std::vector<RailButton*> m_buttons;
    QVBoxLayout* m_pages;
    QVBoxLayout* m_actions;
    QString m_current;
};

} // namespace cb::widgets
