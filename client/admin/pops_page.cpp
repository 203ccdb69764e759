#include "client/admin/pops_page.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace cb::admin {

namespace {

enum Column { PlaceColumn, NameColumn, OnColumn, UrlColumn };

constexpr int kMaxName = 40;
constexpr int kUrlLines = 4;

struct Placeholder {
    const char* name;
    const char* what;
};
constexpr Placeholder kPlaceholders[] = {
    {"${SessionId}", QT_TRANSLATE_NOOP("cb::admin::PopsPage", "number of the session")},
    {"${Channel}", QT_TRANSLATE_NOOP("cb::admin::PopsPage", "name of the channel")},
    {"${CallerNumber}", QT_TRANSLATE_NOOP("cb::admin::PopsPage", "who calls")},
    {"${CalleeNumber}", QT_TRANSLATE_NOOP("cb::admin::PopsPage", "which number is called")},
    {"${OpenId}", QT_TRANSLATE_NOOP("cb::admin::PopsPage", "the customer's OpenID")},
    {"${Nickname}", QT_TRANSLATE_NOOP("cb::admin::PopsPage", "the customer's name")},
    {"${StaffNo}", QT_TRANSLATE_NOOP("cb::admin::PopsPage", "the agent's staff number")},
    {"${SkillGroup}", QT_TRANSLATE_NOOP("cb::admin::PopsPage", "name of the skill group")},
};

/// It has no number: it is what it says.
QString keyOf(const model::ScreenPop& pop) {
    return bridge::toQt(pop.name + '\n' + pop.url);
}

} // namespace

PopsPage::PopsPage(const Context& context, QWidget* parent)
    : ListPage(context, parent) {
    auto& view = table()->view();
    view.table().setColumns(
        {{QStringLiteral("place"), {}, 60, true},
         {QStringLiteral("name"), {}, 180},
         {QStringLiteral("on"), {}, 90},
         {QStringLiteral("url"), {}, 380}},
        [this](int row, int column) { return cell(row, column); },
        [this](int row) { return keyOf(m_rows[std::size_t(row)]); });
    view.setSortable(false); // the order is what is edited here
    view.remember(this->context().store, QStringLiteral("pops"));
    setSearchable(false);
    setFileName(QStringLiteral("screen-pops"));
    connect(head()->button(), &QAbstractButton::clicked, this, [this] { open(-1); });
    connect(table(), &widgets::DataTable::makeWanted, this, [this] { open(-1); });
    connect(&view, &widgets::TableView::opened, this, &PopsPage::open);
    connect(&view, &widgets::TableView::actionTriggered, this, &PopsPage::act);
    PopsPage::tellWords();
    use({&admin().pops()});
}

void PopsPage::retranslate() {
    ListPage::retranslate();
    tellWords();
    table()->view().viewport()->update();
}

void PopsPage::tellWords() {
    const int most = int(model::kMaxScreenPops);
    head()->tell(
        tr("Screen pops"),
        tr("Web pages shown to the agent when a session rings and when they dial out, at most %1, in this order.")
            .arg(most),
        tr("Add screen pop"));
    table()->setEmpty(widgets::Glyph::Monitor,
                      tr("Show agents the customer's record of your own system while a session rings."),
                      tr("Add screen pop"));
    table()->table().setTitles({tr("No."), tr("Name"), tr("State"), tr("Address")});
    table()->view().setActions(
        {{QStringLiteral("up"), widgets::Glyph::ArrowUp, tr("Move up"), QKeySequence(Qt::ALT | Qt::Key_Up),
          [](int row) { return row > 0; }},
         {QStringLiteral("down"), widgets::Glyph::ArrowDown, tr("Move down"), QKeySequence(Qt::ALT | Qt::Key_Down),
          [this](int row) { return row + 1 < int(m_rows.size()); }},
         {QStringLiteral("edit"), widgets::Glyph::Pencil, tr("Edit"), {}, {}},
         {QStringLiteral("delete"), widgets::Glyph::Trash2, tr("Delete…"), QKeySequence(Qt::Key_Delete), {}}});
    head()->button()->setEnabled(m_rows.size() < model::kMaxScreenPops);
}

void PopsPage::fill() {
    m_rows = admin().pops().value().pops;
    table()->showRows(int(m_rows.size()));
    const bool room = m_rows.size() < model::kMaxScreenPops;
    head()->button()->setEnabled(room);
    head()->button()->setToolTip(room ? QString() : tr("There are %1 already.").arg(m_rows.size()));
}

widgets::TableCell PopsPage::cell(int row, int column) const {
    const auto& pop = m_rows[std::size_t(row)];
    switch (column) {
    case PlaceColumn:
        return {QLocale().toString(row + 1), row + 1};
    case NameColumn:
        return {bridge::toQt(pop.name)};
    case OnColumn:
        return pop.enabled ? widgets::TableCell{tr("on"), {}, {}, widgets::Tone::Normal, widgets::StatusTone::Idle}
                           : widgets::TableCell{tr("off"), {}, {}, widgets::Tone::Muted, widgets::StatusTone::Offline};
    default:
        return {bridge::toQt(pop.url)};
    }
}

void PopsPage::open(int row) {
    const auto pop = row < 0 ? model::ScreenPop{} : m_rows[std::size_t(row)];
    edit(
        row < 0 ? tr("New screen pop") : bridge::toQt(pop.name), row < 0 ? tr("Add") : tr("Save"),
        [this, pop] { return makeForm(pop); },
        [this, row, pop](Form&) {
            const int now = row < 0 ? -1 : placeOf(pop);
            if (row >= 0 && now < 0)
                return drawer()->setRefusal(
                    tr("Somebody else has changed or deleted this screen pop. Close and look again."));
            store(now);
        });
}

Form* PopsPage::makeForm(const model::ScreenPop& pop) {
    auto* form = new Form;
    m_name = form->addText(QStringLiteral("name"), tr("Name"), bridge::toQt(pop.name), kMaxName);
    m_url = form->addArea(QStringLiteral("url"), tr("Address"), bridge::toQt(pop.url), kUrlLines);
    m_url->edit()->setPlaceholderText(QStringLiteral("https://crm.example.com/find?caller=${CallerNumber}"));
    m_on = form->addCheck(tr("Shown to agents"), pop.enabled);
    form->addTitle(tr("PLACEHOLDERS"));
    form->addNote(tr("They are filled in, encoded for an address. A click puts one where the cursor is."));
    for (const auto& placeholder : kPlaceholders) {
        const QString name = QString::fromLatin1(placeholder.name);
        auto* row = new QWidget;
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto* button = new widgets::Button(name, widgets::Button::Kind::Ghost);
        button->setSmall(true);
        auto* what = new widgets::ElidedLabel(tr(placeholder.what), widgets::TextSize::Secondary);
        what->setTone(widgets::Tone::Muted);
        line->addWidget(button);
        line->addWidget(what, 1);
        form->add(row);
        connect(button, &QAbstractButton::clicked, this, [this, name] {
            m_url->edit()->insertPlainText(name);
            m_url->edit()->setFocus();
        });
    }
    return form;
}

int PopsPage::placeOf(const model::ScreenPop& pop) const {
    const auto found = std::find(m_rows.begin(), m_rows.end(), pop);
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

void PopsPage::store(int row) {
    const model::ScreenPop pop{bridge::toStd(m_name->text().trimmed()), bridge::toStd(m_url->text().simplified()),
                               m_on->isChecked()};
    const bool web = pop.url.starts_with("http://") || pop.url.starts_with("https://");
    if (pop.name.empty())
        m_name->setError(bridge::fieldText("required"));
    if (!web)
        m_url->setError(bridge::fieldText("bad_url"));
    if (pop.name.empty() || !web)
        return;
    auto pops = m_rows;
    if (row < 0)
        pops.push_back(pop);
    else
        pops[std::size_t(row)] = pop;
    drawer()->setRefusal({});
    drawer()->setBusy(true);
    const auto place = QStringLiteral("pops[%1].").arg(row < 0 ? m_rows.size() : std::size_t(row));
    const auto then = saved<void>({&admin().pops()}, tr("Saved."));
    admin().client().saveScreenPops({pops}, this, [then, place](const base::Result<void>& answer) {
        if (answer)
            return then(answer);
        auto error = answer.error(); // "pops[2].url" is our "url"
        if (const auto field = error.params.find("field"); field != error.params.end())
            field->second = bridge::toStd(bridge::toQt(field->second).remove(place));
        then(error);
    });
}

void PopsPage::act(const QString& id, int row) {
    if (id == QLatin1String("edit"))
        return open(row);
    const auto pop = m_rows[std::size_t(row)];
    // The form of a pop would not know that its place is another one now.
    if (id == QLatin1String("up") || id == QLatin1String("down"))
        return drawer()->leave([this, pop, by = id == QLatin1String("up") ? -1 : 1] { move(placeOf(pop), by); });
    const QString name = bridge::toQt(pop.name);
    confirm(tr("Delete the screen pop “%1”?").arg(name), tr("Agents do not see it from their next session on."),
            tr("Delete"), [this, pop, name] {
                drawer()->leave([this, pop, name] {
                    auto pops = m_rows;
                    const int now = placeOf(pop);
                    if (now < 0)
                        return; // somebody else did
                    pops.erase(pops.begin() + now);
                    save(pops, tr("%1 is deleted.").arg(name));
                });
            });
}

void PopsPage::move(int row, int by) {
    auto pops = m_rows;
    const int to = row + by;
    if (row < 0 || to < 0 || std::size_t(to) >= pops.size())
        return;
    std::swap(pops[std::size_t(row)], pops[std::size_t(to)]);
    save(pops, tr("The order is saved."));
}

void PopsPage::save(std::vector<model::ScreenPop> pops, const QString& said) {
    admin().client().saveScreenPops({std::move(pops)}, this, done<void>({&admin().pops()}, said));
}

} // namespace cb::admin
