#include "client/widgets/controls/fact_list.h"

#include "client/widgets/controls/label.h"

#include <QGridLayout>

namespace cb::widgets {

FactList::FactList(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    FactList::restyle();
}

void FactList::restyle() {
    m_grid->setHorizontalSpacing(look().grid(3));
    m_grid->setVerticalSpacing(look().grid(1));
}

void FactList::addRow() {
    const int row = static_cast<int>(m_rows.size());
    const Row made{new Label, new Label};
    made.name->setTone(Tone::Muted);
    made.value->setWordWrap(true);
    made.value->setMinimumWidth(1);
    made.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(made.name, row, 0, Qt::AlignTop);
    m_grid->addWidget(made.value, row, 1);
    m_rows.push_back(made);
}

void FactList::setFacts(const std::vector<Fact>& facts) {
    if (facts == m_facts)
        return;
    m_facts = facts;
    while (m_rows.size() < facts.size())
        addRow();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool used = i < facts.size();
        const auto put = [used](Label* label, const QString& text) {
            if (used && label->text() != text)
                label->setText(text);
            label->setVisible(used);
        };
        put(m_rows[i].name, used ? facts[i].name : QString());
        put(m_rows[i].value, used ? facts[i].value : QString());
    }
}

} // namespace cb::widgets
