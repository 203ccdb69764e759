#include "client/workbench/key_grid.h"

#include "client/widgets/controls/button.h"

#include <QtGui/QKeyEvent>

namespace cb::workbench {

using widgets::Button;

KeyGrid::KeyGrid(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    const QString keys = QStringLiteral("123456789*0#");
    for (int i = 0; i < int(keys.size()); ++i) {
        auto* button = new Button(QString(keys[i]));
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &Button::clicked, this, [this, key = keys[i]] { Q_EMIT pressed(key); });
        m_grid->addWidget(button, i / 3, i % 3);
    }
    KeyGrid::restyle();
}

void KeyGrid::restyle() {
    m_grid->setSpacing(look().grid(1));
}

void KeyGrid::keyPressEvent(QKeyEvent* event) {
    if (const auto key = telephoneKey(*event))
        Q_EMIT pressed(*key);
    else
        Themed<QWidget>::keyPressEvent(event);
}

std::optional<QChar> telephoneKey(const QKeyEvent& event) {
    const QString text = event.text();
    const bool plain = (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) == 0;
    if (text.size() != 1 || !plain)
        return {};
    if (const int digit = text[0].digitValue(); digit >= 0)
        return QChar(u'0' + digit);
    return text[0] == u'*' || text[0] == u'#' ? std::optional(text[0]) : std::nullopt;
}

} // namespace cb::workbench
