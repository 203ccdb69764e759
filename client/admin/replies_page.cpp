#include "client/admin/replies_page.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"

namespace cb::admin {

namespace {
constexpr int kMaxTitle = 40;
constexpr int kLines = 8;
} // namespace

RepliesPage::RepliesPage(const Context& context, QWidget* parent)
    : ListPage(context, parent) {
    auto& view = table()->view();
    view.table().setColumns(
        {{QStringLiteral("title"), {}, 180}, {QStringLiteral("text"), {}, 420}},
        [this](int row, int column) {
            const auto& reply = m_rows[std::size_t(row)];
            return column == 0 ? widgets::TableCell{bridge::toQt(reply.title)}
                               : widgets::TableCell{bridge::toQt(reply.text)};
        },
        [this](int row) { return qint64(m_rows[std::size_t(row)].id.value); });
    view.remember(this->context().store, QStringLiteral("replies"));
    setFileName(QStringLiteral("quick-replies"));
    connect(head()->button(), &QAbstractButton::clicked, this, [this] { open(-1); });
    connect(table(), &widgets::DataTable::makeWanted, this, [this] { open(-1); });
    connect(&view, &widgets::TableView::opened, this, &RepliesPage::open);
    connect(&view, &widgets::TableView::actionTriggered, this, [this](const QString& id, int row) {
        if (id == QLatin1String("edit"))
            open(row);
        else
            askDelete(row);
    });
    connect(search(), &QLineEdit::textChanged, this, [this](const QString& text) {
        table()->setPasses([this, text = text.trimmed()](int row) {
            const auto& reply = m_rows[std::size_t(row)];
            return bridge::toQt(reply.title).contains(text, Qt::CaseInsensitive) ||
                   bridge::toQt(reply.text).contains(text, Qt::CaseInsensitive);
        });
    });
    RepliesPage::tellWords();
    use({&admin().replies()});
}

void RepliesPage::retranslate() {
    ListPage::retranslate();
    tellWords();
}

void RepliesPage::tellWords() {
    head()->tell(tr("Quick replies"), tr("Texts that every agent puts into a message by typing / and a few letters."),
                 tr("Add quick reply"));
    table()->setEmpty(widgets::Glyph::MessageSquare,
                      tr("What is answered again and again is written once: opening hours, how to return something."),
                      tr("Add quick reply"));
    table()->table().setTitles({tr("Title"), tr("Text")});
    table()->view().setActions(
        {{QStringLiteral("edit"), widgets::Glyph::Pencil, tr("Edit"), {}, {}},
         {QStringLiteral("delete"), widgets::Glyph::Trash2, tr("Delete…"), QKeySequence(Qt::Key_Delete), {}}});
}

void RepliesPage::fill() {
    m_rows = admin().replies().value().quickReplies;
    table()->showRows(int(m_rows.size()));
}

void RepliesPage::open(int row) {
    const auto reply = row < 0 ? model::QuickReply{} : m_rows[std::size_t(row)];
    edit(
        row < 0 ? tr("New quick reply") : bridge::toQt(reply.title), row < 0 ? tr("Add") : tr("Save"),
        [this, reply] {
            auto* form = new Form;
            m_title = form->addText(QStringLiteral("title"), tr("Title"), bridge::toQt(reply.title), kMaxTitle);
            m_title->setHint(tr("What is typed after the /."));
            m_text = form->addArea(QStringLiteral("text"), tr("Text"), bridge::toQt(reply.text), kLines);
            return form;
        },
        [this, id = reply.id](Form&) { store(id); });
}

void RepliesPage::store(model::QuickReplyId id) {
    const wire::QuickReplyDraft draft{bridge::toStd(m_title->text().trimmed()),
                                      bridge::toStd(m_text->text().trimmed())};
    if (draft.title.empty() || draft.text.empty()) {
        if (draft.title.empty())
            m_title->setError(bridge::fieldText("required"));
        if (draft.text.empty())
            m_text->setError(bridge::fieldText("required"));
        return;
    }
    drawer()->setRefusal({});
    drawer()->setBusy(true);
    if (id)
        admin().client().changeQuickReply(id, draft, this, saved<void>({&admin().replies()}, tr("Saved.")));
    else
        admin().client().addQuickReply(
            draft, this, saved<wire::Made>({&admin().replies()}, tr("%1 is added.").arg(bridge::toQt(draft.title))));
}

void RepliesPage::askDelete(int row) {
    const auto reply = m_rows[std::size_t(row)];
    const QString title = bridge::toQt(reply.title);
    confirm(tr("Delete the quick reply “%1”?").arg(title), tr("Messages sent with it stay as they are."), tr("Delete"),
            [this, id = reply.id, title] {
                admin().client().removeQuickReply(id, this,
                                                  done<void>({&admin().replies()}, tr("%1 is deleted.").arg(title)));
            });
}

} // namespace cb::admin
