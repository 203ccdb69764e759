#include "client/admin/websites_page.h"

#include "client/admin/brand.h"
#include "client/admin/widget_preview.h"
#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"

#include <QtGui/QClipboard>
#include <QtWidgets/QApplication>
#include <QtWidgets/QColorDialog>

#include <algorithm>

namespace cb::admin {

namespace {

enum Column { NameColumn, DomainColumn, FlowColumn, StateColumn };

constexpr int kMaxName = 40;
constexpr int kMaxDomain = 253;

/// What a website can carry (spec 2.1).
bool carries(model::Mode mode) {
    return mode != model::Mode::Phone;
}

QColor colourOf(const QString& text) {
    return text.size() == 7 && text.startsWith(u'#') ? QColor(text) : QColor();
}

} // namespace

WebsitesPage::WebsitesPage(const Context& context, QWidget* parent)
    : ListPage(context, parent) {
    auto& view = table()->view();
    view.table().setColumns(
        {{QStringLiteral("name"), {}, 180},
         {QStringLiteral("domain"), {}, 200},
         {QStringLiteral("flow"), {}, 200},
         {QStringLiteral("state"), {}, 180}},
        [this](int row, int column) { return cell(row, column); },
        [this](int row) { return qint64(m_rows[std::size_t(row)].id.value); });
    view.remember(this->context().store, QStringLiteral("websites"));
    setFileName(QStringLiteral("websites"));
    connect(head()->button(), &QAbstractButton::clicked, this, [this] { open(-1); });
    connect(table(), &widgets::DataTable::makeWanted, this, [this] { open(-1); });
    connect(&view, &widgets::TableView::opened, this, &WebsitesPage::open);
    connect(&view, &widgets::TableView::actionTriggered, this, [this](const QString& id, int row) {
        if (id == QLatin1String("edit"))
            open(row);
        else if (id == QLatin1String("copy"))
            copySnippet(m_rows[std::size_t(row)]);
        else if (id == QLatin1String("unlink"))
            unlink(row);
        else
            askDelete(row);
    });
    connect(search(), &QLineEdit::textChanged, this, [this](const QString& text) {
        table()->setPasses([this, text = text.trimmed()](int row) {
            const auto& channel = m_rows[std::size_t(row)];
            return bridge::toQt(channel.name).contains(text, Qt::CaseInsensitive) ||
                   bridge::toQt(channel.domain).contains(text, Qt::CaseInsensitive);
        });
    });
    WebsitesPage::tellWords();
    use({&admin().channels(), &admin().flows()});
}

void WebsitesPage::retranslate() {
    ListPage::retranslate();
    tellWords();
    table()->view().viewport()->update();
}

void WebsitesPage::tellWords() {
    head()->tell(tr("Websites"), tr("Websites whose visitors can write to you from a bubble in the corner."),
                 tr("Add website"));
    table()->setEmpty(widgets::Glyph::Globe,
                      tr("Add your website, link it with a published session flow, and put one line into its pages."),
                      tr("Add website"));
    table()->table().setTitles({tr("Name"), tr("Domain"), tr("Session flow"), tr("State")});
    table()->view().setActions(
        {{QStringLiteral("edit"), widgets::Glyph::Pencil, tr("Edit"), {}, {}},
         {QStringLiteral("copy"), widgets::Glyph::Copy, tr("Copy the snippet"), {}, {}},
         {QStringLiteral("unlink"),
          widgets::Glyph::Plug,
          tr("Unlink the flow…"),
          {},
          [this](int row) { return bool(m_rows[std::size_t(row)].flow); }},
         {QStringLiteral("delete"), widgets::Glyph::Trash2, tr("Delete…"), QKeySequence(Qt::Key_Delete), {}}});
}

const wire::FlowHead* WebsitesPage::flow(model::FlowId id) const {
    const auto& flows = admin().flows().value().flows;
    const auto found = std::find_if(flows.begin(), flows.end(), [id](const auto& one) { return one.id == id; });
    return found == flows.end() ? nullptr : &*found;
}

void WebsitesPage::fill() {
    m_rows.clear();
    for (const auto& channel : admin().channels().value().channels)
        if (channel.kind == model::ChannelKind::Website)
            m_rows.push_back(channel);
    table()->showRows(int(m_rows.size()));
}

widgets::TableCell WebsitesPage::cell(int row, int column) const {
    const auto& channel = m_rows[std::size_t(row)];
    const auto* linked = flow(channel.flow);
    switch (column) {
    case NameColumn:
        return {bridge::toQt(channel.name)};
    case DomainColumn:
        return {channel.domain == "*" ? tr("any page") : bridge::toQt(channel.domain)};
    case FlowColumn:
        return {linked ? tr("%1 (%2)").arg(bridge::toQt(linked->name), bridge::word(linked->mode)) : QString()};
    default:
        if (channel.flow)
            return {tr("in service"), {}, {}, widgets::Tone::Normal, widgets::StatusTone::Idle};
        return {tr("no flow linked"),
                {},
                tr("Visitors are told that service is not set up."),
                widgets::Tone::Normal,
                widgets::StatusTone::WrapUp};
    }
}

QString WebsitesPage::snippet(const model::Channel& channel) const {
    const auto base = context().account.rest().endpoint().base.toString(QUrl::FullyEncoded);
    return QStringLiteral("<script src=\"%1/widget/cloudbell.js\" data-channel=\"%2\" defer></script>")
        .arg(base, bridge::toQt(channel.key).toHtmlEscaped());
}

void WebsitesPage::copySnippet(const model::Channel& channel) {
    QApplication::clipboard()->setText(snippet(channel));
    tell(widgets::Strip::Grade::Info, tr("The snippet is in the clipboard."));
}

void WebsitesPage::open(int row) {
    const auto channel = row < 0 ? model::Channel{} : m_rows[std::size_t(row)];
    edit(
        row < 0 ? tr("New website") : bridge::toQt(channel.name), row < 0 ? tr("Add") : tr("Save"),
        [this, channel] {
            const auto now =
                std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& one) { return one.id == channel.id; });
            return makeForm(now == m_rows.end() ? channel : *now);
        },
        [this](Form&) { store(); });
}

Form* WebsitesPage::makeForm(const model::Channel& channel) {
    m_channel = channel;
    auto* form = new Form;
    m_name = form->addText(QStringLiteral("name"), tr("Name"), bridge::toQt(channel.name), kMaxName);
    m_domain = form->addText(QStringLiteral("domain"), tr("Domain"), bridge::toQt(channel.domain), kMaxDomain);
    m_domain->setPlaceholder(QStringLiteral("shop.example.com"));
    const auto hint = [field = m_domain](const QString& domain) {
        field->setHint(domain.trimmed() == QLatin1String("*") ? tr("Any page on the web may use it: for trials only.")
                                                              : tr("Its subdomains and any port are included."));
    };
    connect(m_domain->edit(), &QLineEdit::textChanged, m_domain, hint);
    hint(m_domain->text());
    addFlows(*form);
    m_colour = form->addText(QStringLiteral("colour"), tr("Colour"), bridge::toQt(channel.colour), 7);
    m_colour->setPlaceholder(kOwnBrand.name().toUpper());
    auto* choose = new widgets::Button(tr("Choose a colour…"), widgets::Glyph::Palette);
    choose->setSmall(true);
    form->add(choose);
    m_preview = new WidgetPreview;
    form->add(m_preview);
    connect(choose, &QAbstractButton::clicked, form, [this, form] {
        auto* dialog = new QColorDialog(brandOf(colourOf(m_colour->text())).ground, form);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QColorDialog::colorSelected, form,
                [this](const QColor& colour) { m_colour->setText(colour.name().toUpper()); });
        dialog->open();
    });
    connect(form, &Form::changed, this, &WebsitesPage::preview);
    if (channel.id)
        addSnippet(*form);
    preview();
    return form;
}

void WebsitesPage::addFlows(Form& form) {
    std::vector<std::pair<QString, QVariant>> entries{{tr("None"), qint64(0)}};
    for (const auto& one : admin().flows().value().flows)
        if (carries(one.mode) && (one.state != model::FlowState::Unpublished || one.id == m_channel.flow))
            entries.emplace_back(tr("%1 (%2)").arg(bridge::toQt(one.name), bridge::word(one.mode)),
                                 qint64(one.id.value));
    m_flow = form.addSelect({}, tr("Session flow"), entries, qint64(m_channel.flow.value));
    m_flow->setHint(entries.size() == 1
                        ? tr("There is no published flow yet. Without one, visitors are told that service "
                             "is not set up.")
                        : tr("For new conversations; those under way keep theirs."));
}

void WebsitesPage::addSnippet(Form& form) {
    form.addTitle(tr("SNIPPET"));
    form.addNote(tr("Put this line before the end of the body of every page."));
    auto* code = new widgets::Label(snippet(m_channel), widgets::TextSize::Secondary);
    code->setWordWrap(true);
    code->setMinimumWidth(1);
    code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    // A line without spaces wraps nowhere by itself.
    code->setText(
        QString(code->text()).replace(u'/', QStringLiteral("/\u200B")).replace(u'=', QStringLiteral("=\u200B")));
    form.add(code);
    auto* copy = new widgets::Button(tr("Copy the snippet"), widgets::Glyph::Copy);
    copy->setSmall(true);
    form.add(copy);
    connect(copy, &QAbstractButton::clicked, this, [this] { copySnippet(m_channel); });
}

void WebsitesPage::preview() {
    const QColor colour = colourOf(m_colour->text().trimmed());
    const Brand brand = brandOf(colour);
    m_preview->setFace(m_name->text().trimmed(), colour);
    m_colour->setHint(
        brand.darkened
            ? tr("Letters could not be read on this colour: %1 is used instead.").arg(brand.ground.name().toUpper())
            : tr("Letters can be read well on this colour."));
}

void WebsitesPage::store() {
    wire::ChannelDraft draft{model::ChannelKind::Website, bridge::toStd(m_name->text().trimmed()),
                             bridge::toStd(m_domain->text().trimmed()), bridge::toStd(m_colour->text().trimmed())};
    bool good = true;
    const auto want = [&good](widgets::TextField* field, bool fine, const char* why) {
        if (fine)
            return;
        field->setError(bridge::fieldText(why));
        if (good)
            field->setFocus(Qt::OtherFocusReason);
        good = false;
    };
    want(m_name, !draft.name.empty(), "required");
    want(m_domain, !draft.domain.empty(), "required");
    want(m_colour, draft.colour.empty() || colourOf(bridge::toQt(draft.colour)).isValid(), "bad_colour");
    if (!good)
        return;
    drawer()->setRefusal({});
    drawer()->setBusy(true);
    const QString said = m_channel.id ? tr("Saved.") : tr("%1 is added.").arg(bridge::toQt(draft.name));
    const auto refused = saved<void>({&admin().channels()}, {});
    // What the server has taken is not asked for again when the link is refused.
    const auto taken = [this, draft, said](model::ChannelId id) {
        m_channel.id = id;
        m_channel.name = draft.name;
        m_channel.domain = draft.domain;
        m_channel.colour = draft.colour;
        link(said);
    };
    const bool same =
        draft.name == m_channel.name && draft.domain == m_channel.domain && draft.colour == m_channel.colour;
    if (!m_channel.id)
        admin().client().addChannel(draft, this, [refused, taken](const base::Result<wire::Made>& made) {
            if (made)
                taken(model::ChannelId{made->id});
            else
                refused(made.error());
        });
    else if (!same)
        admin().client().changeChannel(m_channel.id, draft, this,
                                       [refused, taken, id = m_channel.id](const base::Result<void>& done) {
                                           if (done)
                                               taken(id);
                                           else
                                               refused(done);
                                       });
    else
        link(said);
}

void WebsitesPage::link(const QString& said) {
    const model::FlowId wanted{m_flow->box()->currentData().toLongLong()};
    const auto then = saved<void>({&admin().channels(), &admin().flows()}, said);
    if (wanted == m_channel.flow)
        then({});
    else
        admin().client().linkChannel(m_channel.id, wanted, this, then);
}

void WebsitesPage::unlink(int row) {
    const auto channel = m_rows[std::size_t(row)];
    confirm(tr("Unlink the flow from %1?").arg(bridge::toQt(channel.name)),
            tr("Conversations under way go on. New visitors are told that service is not set up."), tr("Unlink"),
            [this, id = channel.id] {
                admin().client().linkChannel(
                    id, {}, this, done<void>({&admin().channels(), &admin().flows()}, tr("The flow is unlinked.")));
            });
}

void WebsitesPage::askDelete(int row) {
    const auto channel = m_rows[std::size_t(row)];
    const QString name = bridge::toQt(channel.name);
    confirm(
        tr("Delete the website %1?").arg(name),
        tr("Conversations under way go on, new ones are refused, and the bubble disappears from its pages. The key in "
           "the snippet is void for ever."),
        tr("Delete"), [this, id = channel.id, name] {
            admin().client().removeChannel(
                id, this, done<void>({&admin().channels(), &admin().flows()}, tr("%1 is deleted.").arg(name)));
        });
}

} // namespace cb::admin
