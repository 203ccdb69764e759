#include "client/admin/numbers_page.h"

#include "client/bridge/convert.h"

#include <QtGui/QClipboard>
#include <QtWidgets/QApplication>

namespace cb::admin {

using widgets::Glyph;

namespace {

enum Column { NumberColumn, TypeColumn, FlowColumn, StateColumn };

bool takesCalls(const wire::NumberRow& number) {
    return number.type != model::CallType::Out;
}

} // namespace

NumbersPage::NumbersPage(const Context& context, QWidget* parent)
    : ListPage(context, parent) {
    auto& view = table()->view();
    view.table().setColumns(
        {{QStringLiteral("number"), {}, 180},
         {QStringLiteral("type"), {}, 160},
         {QStringLiteral("flow"), {}, 220},
         {QStringLiteral("state"), {}, 180}},
        [this](int row, int column) { return cell(row, column); },
        [this](int row) { return qint64(m_rows[std::size_t(row)].channel.value); });
    view.remember(this->context().store, QStringLiteral("numbers"));
    setFileName(QStringLiteral("numbers"));
    connect(table(), &widgets::DataTable::makeWanted, this, [this] { copy(instance()); });
    connect(&view, &widgets::TableView::opened, this, &NumbersPage::open);
    connect(&view, &widgets::TableView::actionTriggered, this, [this](const QString& id, int row) {
        if (id == QLatin1String("copy"))
            copy(bridge::toQt(m_rows[std::size_t(row)].number));
        else
            open(row);
    });
    connect(search(), &QLineEdit::textChanged, this, [this](const QString& text) {
        table()->setPasses([this, text = text.trimmed()](int row) {
            const auto& number = m_rows[std::size_t(row)];
            return bridge::toQt(number.number).contains(QString(text).remove(u' '), Qt::CaseInsensitive) ||
                   bridge::toQt(number.flowName).contains(text, Qt::CaseInsensitive);
        });
    });
    NumbersPage::tellWords();
    use({&admin().numbers(), &admin().flows()});
}

void NumbersPage::retranslate() {
    ListPage::retranslate();
    tellWords();
    table()->view().viewport()->update();
}

QString NumbersPage::instance() const {
    return QString::number(admin().workbench().instance().id.value);
}

void NumbersPage::tellWords() {
    head()->tell(tr("Numbers"), tr("Phone numbers of this call centre, and which IVR answers those who call them."));
    table()->setEmpty(Glyph::Phone,
                      tr("This call centre has no phone number yet. Numbers come from the operator of the server: ask "
                         "them for one, and tell them the SDKAppID of this call centre, %1.")
                          .arg(instance()),
                      tr("Copy the SDKAppID"));
    table()->table().setTitles({tr("Number"), tr("Calls"), tr("IVR"), tr("State")});
    table()->view().setActions({{QStringLiteral("edit"), Glyph::Pencil, tr("Change the IVR"), {}, {}},
                                {QStringLiteral("copy"), Glyph::Copy, tr("Copy the number"), QKeySequence::Copy, {}}});
}

void NumbersPage::fill() {
    m_rows = admin().numbers().value().numbers;
    table()->showRows(int(m_rows.size()));
}

widgets::TableCell NumbersPage::cell(int row, int column) const {
    const auto& number = m_rows[std::size_t(row)];
    switch (column) {
    case NumberColumn:
        return {bridge::toQt(number.number)};
    case TypeColumn:
        switch (number.type) {
        case model::CallType::In:
            return {tr("calls in")};
        case model::CallType::Out:
            return {tr("calls out")};
        case model::CallType::Both:
            return {tr("calls in and out")};
        }
        return {};
    case FlowColumn:
        return {bridge::toQt(number.flowName)};
    default:
        if (!takesCalls(number))
            return {tr("for calls out only")};
        if (number.flow)
            return {tr("in service"), {}, {}, widgets::Tone::Normal, widgets::StatusTone::Idle};
        return {tr("no IVR linked"),
                {},
                tr("Callers are told that service is not set up."),
                widgets::Tone::Normal,
                widgets::StatusTone::WrapUp};
    }
}

void NumbersPage::open(int row) {
    const auto number = m_rows[std::size_t(row)];
    if (!takesCalls(number))
        return inspect(bridge::toQt(number.number), [] {
            auto* form = new Form;
            form->addNote(tr("Agents call out with this number. It takes no calls, so no IVR is needed."));
            return form;
        });
    edit(
        bridge::toQt(number.number), tr("Save"), [this, number] { return makeForm(number); },
        [this, number](Form&) { store(number); });
}

Form* NumbersPage::makeForm(const wire::NumberRow& number) {
    auto* form = new Form;
    std::vector<std::pair<QString, QVariant>> entries{{tr("None"), qint64(0)}};
    for (const auto& flow : admin().flows().value().flows)
        if (flow.mode == model::Mode::Phone && (flow.state != model::FlowState::Unpublished || flow.id == number.flow))
            entries.emplace_back(bridge::toQt(flow.name), qint64(flow.id.value));
    m_flow = form->addSelect({}, tr("IVR"), entries, qint64(number.flow.value));
    m_flow->setHint(entries.size() == 1
                        ? tr("There is no published IVR yet. Without one, callers are told that service is not set up.")
                        : tr("For new calls; those under way keep theirs."));
    return form;
}

void NumbersPage::store(const wire::NumberRow& number) {
    const model::FlowId wanted{m_flow->box()->currentData().toLongLong()};
    drawer()->setRefusal({});
    drawer()->setBusy(true);
    admin().client().linkNumber(
        number.channel, wanted, this,
        saved<wire::NumberRow>(
            {&admin().numbers(), &admin().channels(), &admin().flows()},
            wanted ? tr("New calls to %1 go to “%2”.").arg(bridge::toQt(number.number), m_flow->box()->currentText())
                   : tr("%1 has no IVR any more.").arg(bridge::toQt(number.number))));
}

void NumbersPage::copy(const QString& text) {
    QApplication::clipboard()->setText(text);
    tell(widgets::Strip::Grade::Info, tr("%1 is copied.").arg(text));
}

} // namespace cb::admin
