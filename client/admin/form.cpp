#include "client/admin/form.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/widgets/controls/panels.h"

#include <algorithm>
#include <utility>

namespace cb::admin {

using widgets::TextField;

NumberField::NumberField(const QString& label, int least, int most, const QString& unit, QWidget* parent)
    : Field(label, parent)
    , m_box(new QSpinBox(this)) {
    m_box->setRange(least, most);
    m_box->setSuffix(unit.isEmpty() ? QString() : u' ' + unit);
    m_box->setMaximumWidth(look().px(140));
    setEditor(m_box);
    connect(m_box, &QSpinBox::valueChanged, this, [this] { setError({}); });
}

Form::Form(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(widgets::lookOf(this).grid(3));
    m_column->addStretch(1);
}

void Form::add(QWidget* widget) {
    m_column->insertWidget(m_column->count() - 1, widget);
}

void Form::watch(Value value) {
    auto first = value();
    m_values.emplace_back(std::move(value), std::move(first));
}

void Form::name(const QString& name, widgets::Field* field) {
    field->setLineKept(false);
    if (!name.isEmpty())
        m_fields[name] = field;
    add(field);
}

TextField* Form::addText(const QString& field, const QString& label, const QString& value, int most) {
    auto* text = new TextField(label);
    text->setText(value);
    text->edit()->setCursorPosition(0);
    if (most > 0)
        text->edit()->setMaxLength(most);
    name(field, text);
    watch([text] { return text->text().trimmed(); });
    connect(text->edit(), &QLineEdit::textChanged, this, &Form::changed);
    return text;
}

widgets::TextArea* Form::addArea(const QString& field, const QString& label, const QString& value, int lines) {
    auto* area = new widgets::TextArea(label, lines);
    area->setText(value);
    name(field, area);
    watch([area] { return area->text(); });
    connect(area->edit(), &QTextEdit::textChanged, this, &Form::changed);
    return area;
}

NumberField* Form::addNumber(const QString& field, const QString& label, int value, int least, int most,
                             const QString& unit) {
    auto* number = new NumberField(label, least, most, unit);
    number->box()->setValue(value);
    name(field, number);
    watch([number] { return number->box()->value(); });
    connect(number->box(), &QSpinBox::valueChanged, this, &Form::changed);
    return number;
}

QCheckBox* Form::addCheck(const QString& label, bool value) {
    auto* check = new QCheckBox(label);
    check->setChecked(value);
    add(check);
    watch([check] { return check->isChecked(); });
    connect(check, &QCheckBox::toggled, this, &Form::changed);
    return check;
}

widgets::SelectField* Form::addSelect(const QString& field, const QString& label,
                                      const std::vector<std::pair<QString, QVariant>>& entries, const QVariant& value) {
    auto* select = new widgets::SelectField(label);
    select->box()->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    select->box()->setMinimumContentsLength(8);
    for (const auto& [text, entry] : entries)
        select->box()->addItem(text, entry);
    select->box()->setCurrentIndex(std::max(0, select->box()->findData(value)));
    name(field, select);
    watch([select] { return select->box()->currentData(); });
    connect(select->box(), &QComboBox::currentIndexChanged, this, [this, select] {
        select->setError({});
        Q_EMIT changed();
    });
    return select;
}

widgets::TickList* Form::addTicks(const QString& label, const std::vector<widgets::TickList::Row>& rows,
                                  const QString& nothing) {
    auto* ticks = new widgets::TickList(label);
    ticks->setRows(rows);
    ticks->setNothing(nothing);
    add(new widgets::Label(label));
    add(ticks);
    m_column->setStretchFactor(ticks, 10); // it takes the room there is
    watch([ticks] {
        const auto keys = ticks->ticked();
        return QVariantList(keys.begin(), keys.end());
    });
    connect(ticks, &widgets::TickList::changed, this, &Form::changed);
    return ticks;
}

void Form::addFacts(const std::vector<widgets::FactList::Fact>& facts) {
    auto* list = new widgets::FactList;
    list->setFacts(facts);
    add(list);
}

widgets::Label* Form::addNote(const QString& text) {
    auto* note = new widgets::Label(text);
    note->setTone(widgets::Tone::Muted);
    note->setWordWrap(true);
    note->setMinimumWidth(1);
    add(note);
    return note;
}

void Form::addTitle(const QString& text) {
    auto* title = new widgets::SectionHeader(text);
    title->setFlush();
    add(title);
}

bool Form::isEdited() const {
    return std::any_of(m_values.begin(), m_values.end(),
                       [](const auto& entry) { return entry.first() != entry.second; });
}

void Form::setSaved() {
    for (auto& [value, first] : m_values)
        first = value();
}

bool Form::showError(const base::Error& error) {
    const auto param = [&error](const char* key) {
        const auto found = error.params.find(key);
        return found == error.params.end() ? std::string() : found->second;
    };
    // Some codes are about a field without saying so.
    QString field = bridge::toQt(param("field"));
    std::string why = param("why");
    if (field.isEmpty()) {
        field = error.code == "email_taken"        ? QStringLiteral("email")
                : error.code == "staff_no_taken"   ? QStringLiteral("staff_no")
                : error.code == "group_name_taken" ? QStringLiteral("name")
                                                   : QString();
        why = error.code;
    }
    const auto found = m_fields.find(field);
    if (found == m_fields.end())
        return false;
    const QString text = bridge::fieldText(why, error);
    found->second->setError(text.isEmpty() ? bridge::errorText(error) : text);
    found->second->setFocus(Qt::OtherFocusReason);
    return true;
}

} // namespace cb::admin
