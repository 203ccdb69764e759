#include "client/floweditor/panels/options_editor.h"

#include "shared/flow/limits.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QBoxLayout>

#include <algorithm>

namespace cb::floweditor {

using widgets::Glyph;

namespace {

/// Commas and semicolons of both widths, the Chinese enumeration comma, and line breaks part keywords.
QStringList parted(const QString& text) {
    static const QRegularExpression commas(QStringLiteral("[,;，；、\\n]"));
    QStringList words;
    for (const QString& word : text.split(commas))
        if (const QString bare = word.trimmed(); !bare.isEmpty() && !words.contains(bare))
            words << bare;
    return words;
}

} // namespace

OptionsEditor::OptionsEditor(Of of, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_of(of)
    , m_title(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_column(new QVBoxLayout)
    , m_rule(new widgets::Label({}, widgets::TextSize::Secondary, this))
    , m_add(new widgets::Button({}, Glyph::Plus)) {
    m_add->setSmall(true);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(look().grid(2));
    m_column->setSpacing(look().grid(2));
    whole->addWidget(m_title);
    whole->addLayout(m_column);
    if (of == Of::Keywords) {
        m_rule->setTone(widgets::Tone::Muted);
        m_rule->setWordWrap(true);
        whole->addWidget(m_rule);
    }
    m_rule->setVisible(of == Of::Keywords);
    whole->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &widgets::Button::clicked, this, &OptionsEditor::addNew);
    OptionsEditor::retranslate();
}

void OptionsEditor::retranslate() {
    m_title->setText(tr("Branches"));
    m_add->setText(tr("Add a branch"));
    m_rule->setText(tr("Taken when the whole answer is one of the keywords."));
    for (const Line& line : m_lines) {
        line.name->setPlaceholderText(tr("Name"));
        line.name->setAccessibleName(tr("Name of the branch"));
        line.keys->setPlaceholderText(m_of == Of::Keywords ? tr("Keywords, parted by commas")
                                                           : tr("Keys, e.g. 1 or 0*"));
        line.keys->setAccessibleName(m_of == Of::Keywords ? tr("Keywords") : tr("Keys"));
        line.up->setLabel(tr("Move up"));
        line.remove->setLabel(tr("Remove this branch"));
    }
    tell();
}

void OptionsEditor::addLine(const Row& row) {
    Line line{new QWidget,
              new QLineEdit(row.name),
              new QLineEdit(row.keys.join(m_of == Of::Keywords ? QStringLiteral(", ") : QString())),
              new widgets::Label({}, widgets::TextSize::Secondary),
              new widgets::IconButton(Glyph::ArrowUp, {}),
              new widgets::IconButton(Glyph::Trash2, {})};
    line.error->setTone(widgets::Tone::Danger);
    line.error->setWordWrap(true);
    line.name->setMaxLength(int(flow::kMaxLabel));
    if (m_of == Of::Keys)
        line.keys->setMaxLength(12);
    auto* grid = new QGridLayout(line.widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(look().grid(1));
    grid->setVerticalSpacing(look().grid(1));
    grid->addWidget(line.name, 0, 0);
    grid->addWidget(line.up, 0, 1);
    grid->addWidget(line.remove, 0, 2);
    grid->addWidget(line.keys, 1, 0, 1, 3);
    grid->addWidget(line.error, 2, 0, 1, 3);
    m_column->addWidget(line.widget);
    const QWidget* widget = line.widget;
    const auto told = [this](const char* field, const QWidget* of) {
        tell();
        const auto at =
            std::find_if(m_lines.begin(), m_lines.end(), [of](const Line& one) { return one.widget == of; });
        Q_EMIT edited(QStringLiteral("%1 %2").arg(QLatin1String(field)).arg(at - m_lines.begin()));
    };
    connect(line.name, &QLineEdit::textEdited, this, [told, widget] { told("name", widget); });
    connect(line.keys, &QLineEdit::textEdited, this, [told, widget] { told("keys", widget); });
    connect(line.up, &QAbstractButton::clicked, this, [this, widget] { moveUp(widget); });
    connect(line.remove, &QAbstractButton::clicked, this, [this, widget] { removeLine(widget); });
    m_lines.push_back(line);
}

void OptionsEditor::show(const std::vector<Row>& rows) {
    if (rows == this->rows())
        return;
    // Lines that stay keep their place of writing.
    while (m_lines.size() > rows.size()) {
        delete m_lines.back().widget;
        m_lines.pop_back();
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (m_lines[i].name->text() != rows[i].name)
            m_lines[i].name->setText(rows[i].name);
        const QString keys = rows[i].keys.join(m_of == Of::Keywords ? QStringLiteral(", ") : QString());
        const QStringList shown =
            m_of == Of::Keywords ? parted(m_lines[i].keys->text()) : QStringList{m_lines[i].keys->text()};
        if (shown != rows[i].keys)
            m_lines[i].keys->setText(keys);
    }
    for (std::size_t i = m_lines.size(); i < rows.size(); ++i)
        addLine(rows[i]);
    retranslate();
}

std::vector<OptionsEditor::Row> OptionsEditor::rows() const {
    std::vector<Row> rows;
    for (const Line& line : m_lines)
        rows.push_back({line.name->text().trimmed(), m_of == Of::Keywords
                                                         ? parted(line.keys->text())
                                                         : QStringList{line.keys->text().simplified()}});
    return rows;
}

bool OptionsEditor::isClear() const {
    QSet<QString> names;
    return std::all_of(m_lines.begin(), m_lines.end(), [&names](const Line& line) {
        const QString name = line.name->text().trimmed();
        const bool fresh = !names.contains(name);
        names.insert(name);
        return !name.isEmpty() && fresh;
    });
}

void OptionsEditor::tell() {
    QSet<QString> names;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const Line& line = m_lines[i];
        const QString name = line.name->text().trimmed();
        line.error->setText(name.isEmpty()         ? tr("A branch needs a name.")
                            : names.contains(name) ? tr("Another branch has this name.")
                                                   : QString());
        line.error->setVisible(!line.error->text().isEmpty());
        names.insert(name);
        line.up->setEnabled(i > 0);
    }
}

void OptionsEditor::addNew() {
    const auto taken = rows();
    QString name;
    for (int number = int(taken.size()) + 1; name.isEmpty(); ++number) {
        const QString wanted = tr("Branch %1").arg(number);
        if (std::none_of(taken.begin(), taken.end(), [&](const Row& row) { return row.name == wanted; }))
            name = wanted;
    }
    addLine({name, {}});
    retranslate();
    Q_EMIT edited({});
    m_lines.back().name->setFocus(Qt::TabFocusReason);
    m_lines.back().name->selectAll();
}

void OptionsEditor::removeLine(const QWidget* widget) {
    const auto at =
        std::find_if(m_lines.begin(), m_lines.end(), [widget](const Line& line) { return line.widget == widget; });
    if (at == m_lines.end())
        return;
    at->widget->hide();
    at->widget->deleteLater(); // its own button was pressed
    m_lines.erase(at);
    tell();
    Q_EMIT edited({});
}

void OptionsEditor::moveUp(const QWidget* widget) {
    const auto at =
        std::find_if(m_lines.begin(), m_lines.end(), [widget](const Line& line) { return line.widget == widget; });
    if (at == m_lines.end() || at == m_lines.begin())
        return;
    const auto place = at - m_lines.begin();
    std::swap(m_lines[std::size_t(place)], m_lines[std::size_t(place - 1)]);
    m_column->removeWidget(m_lines[std::size_t(place - 1)].widget);
    m_column->insertWidget(int(place - 1), m_lines[std::size_t(place - 1)].widget);
    tell();
    Q_EMIT edited({});
}

} // namespace cb::floweditor
