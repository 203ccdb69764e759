#include "client/admin/blocked_page.h"

#include "client/bridge/convert.h"

#include <QtCore/QLocale>

namespace cb::admin {

namespace {
constexpr std::size_t kMost = 1'000; ///< that the server tells (docs/protocol.md 6)
}

BlockedPage::BlockedPage(const Context& context, QWidget* parent)
    : ListPage(context, parent) {
    auto& view = table()->view();
    view.table().setColumns(
        {{QStringLiteral("name"), {}, 180},
         {QStringLiteral("channel"), {}, 180},
         {QStringLiteral("since"), {}, 160},
         {QStringLiteral("notes"), {}, 260}},
        [this](int row, int column) { return cell(row, column); },
        [this](int row) { return qint64(m_rows[std::size_t(row)].id.value); });
    view.remember(this->context().store, QStringLiteral("blocked"));
    setFileName(QStringLiteral("block-list"));
    connect(&view, &widgets::TableView::opened, this, &BlockedPage::askUnblock);
    connect(&view, &widgets::TableView::actionTriggered, this, [this](const QString&, int row) { askUnblock(row); });
    connect(search(), &QLineEdit::textChanged, this, [this](const QString& text) {
        table()->setPasses([this, text = text.trimmed()](int row) {
            const auto& one = m_rows[std::size_t(row)];
            return bridge::toQt(one.name).contains(text, Qt::CaseInsensitive) ||
                   bridge::toQt(one.notes).contains(text, Qt::CaseInsensitive) ||
                   bridge::toQt(one.channel).contains(text, Qt::CaseInsensitive);
        });
    });
    BlockedPage::tellWords();
    use({&admin().blocked()});
}

void BlockedPage::retranslate() {
    ListPage::retranslate();
    tellWords();
    table()->view().viewport()->update();
}

void BlockedPage::tellWords() {
    tellHead();
    table()->setEmpty(widgets::Glyph::ShieldCheck,
                      tr("Nobody is blocked. Agents can block a visitor who is a nuisance."));
    table()->table().setTitles({tr("Visitor"), tr("Channel"), tr("First seen"), tr("Notes")});
    table()->view().setActions({{QStringLiteral("unblock"), widgets::Glyph::UserCheck, tr("Lift the block…"), {}, {}}});
}

void BlockedPage::tellHead() {
    const auto sentence = tr("Visitors whom agents have blocked: they are told that service is not available.");
    head()->tell(tr("Block list"),
                 m_rows.size() < kMost
                     ? sentence
                     : tr("%1 The newest %2 are shown.").arg(sentence, QLocale().toString(int(kMost))));
}

void BlockedPage::fill() {
    m_rows = admin().blocked().value().customers;
    table()->showRows(int(m_rows.size()));
    setCut(m_rows.size() >= kMost);
    tellHead();
}

widgets::TableCell BlockedPage::cell(int row, int column) const {
    const auto& one = m_rows[std::size_t(row)];
    switch (column) {
    case 0:
        return {bridge::toQt(one.name)};
    case 1:
        return {bridge::toQt(one.channel)};
    case 2:
        return timeCell(one.createdAt, context().account.workbench().serverNow());
    default:
        return {bridge::toQt(one.notes)};
    }
}

void BlockedPage::askUnblock(int row) {
    const auto one = m_rows[std::size_t(row)];
    const QString name = bridge::toQt(one.name);
    confirm(
        tr("Lift the block of %1?").arg(name), tr("They can start conversations again."), tr("Lift the block"),
        [this, id = one.id, name] {
            admin().client().unblock(id, this, done<void>({&admin().blocked()}, tr("%1 can write again.").arg(name)));
        },
        true);
}

} // namespace cb::admin
