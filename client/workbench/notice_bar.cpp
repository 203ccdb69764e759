#include "client/workbench/notice_bar.h"

#include "client/bridge/convert.h"
#include "client/widgets/controls/button.h"
#include "client/widgets/controls/label.h"
#include "client/widgets/theme/paint.h"

#include <QtCore/QLocale>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>

namespace cb::workbench {

using state::Notice;
using widgets::Button;
using widgets::Glyph;

/// One of them: as tall as its sentence needs, nothing of it is cut off.
class NoticeRow : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    explicit NoticeRow(const QString& sentence)
        : m_text(new widgets::Label(sentence))
        , m_action(new Button({}))
        , m_close(new widgets::IconButton(Glyph::X, {})) {
        auto* row = new QHBoxLayout(this);
        row->setSpacing(look().grid(2));
        row->setContentsMargins(look().grid(4) + look().iconSize() + look().grid(2), look().grid(1), look().grid(3),
                                look().grid(1) + 1);
        row->addWidget(m_text, 1);
        row->addWidget(m_action);
        row->addWidget(m_close);
        m_text->setWordWrap(true);
        m_action->setSmall(true);
        m_action->hide();
        m_close->hide();
        setAccessibleName(sentence);
        connect(m_action, &Button::clicked, this, &NoticeRow::acted);
        connect(m_close, &QAbstractButton::clicked, this, &NoticeRow::closed);
    }

    void setAction(const QString& text) {
        m_action->setText(text);
        m_action->show();
    }
    void setClosable(const QString& text) {
        m_close->setLabel(text);
        m_close->show();
    }

Q_SIGNALS:
    void acted();
    void closed();

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const auto& l = look();
        const QColor color = l.color.wrapUp;
        painter.fillRect(rect(), widgets::mix(l.color.surface, color, l.color.dark ? 0.16 : 0.09));
        painter.fillRect(QRect(0, height() - 1, width(), 1), widgets::mix(l.color.surface, color, 0.35));
        widgets::paintGlyph(painter, QRectF(l.grid(4), 0, l.iconSize(), height()), Glyph::TriangleAlert, color,
                            l.iconSize());
    }

private:
    widgets::Label* m_text;
    Button* m_action;
    widgets::IconButton* m_close;
};

namespace {

/// What became of a transfer to one colleague; %1 the colleague, %2 the customer.
QString failureOf(model::ReturnReason reason) {
    using model::ReturnReason;
    switch (reason) {
    case ReturnReason::Declined:
        return NoticeBar::tr("%1 declined the session with %2.");
    case ReturnReason::RingTimeout:
        return NoticeBar::tr("%1 did not answer the session with %2.");
    case ReturnReason::AgentLost:
        return NoticeBar::tr("%1 lost the connection before taking the session with %2.");
    case ReturnReason::Withdrawn:
        return NoticeBar::tr("%1 left before taking the session with %2.");
    case ReturnReason::Transferred:
    case ReturnReason::RemovedFromGroup:
    case ReturnReason::AgentDeleted:
    case ReturnReason::ServerRestarted:
    case ReturnReason::WaitOver:
    case ReturnReason::NobodyOnline:
        break;
    }
    return NoticeBar::tr("%1 could not take the session with %2.");
}

QString quoted(const model::WrapUpForm& form) {
    QStringList parts{bridge::toQt(form.category), bridge::toQt(form.note).simplified()};
    parts.removeAll({});
    return parts.join(QStringLiteral(" · "));
}

/// All of it, as it was typed.
QString asText(const model::WrapUpForm& form) {
    QStringList parts{bridge::toQt(form.category), bridge::toQt(form.note)};
    parts.removeAll({});
    return parts.join(u'\n');
}

} // namespace

QString sentenceOf(const Notice& notice) {
    const QString time = QLocale().toString(notice.at.toLocalTime().time(), QLocale::ShortFormat);
    switch (notice.kind) {
    case Notice::Kind::MissedOffer:
        return NoticeBar::tr("You missed an offer at %1 and are on a break; customers are not offered to you.")
            .arg(time);
    case Notice::Kind::TransferFailed: {
        const auto& failed = notice.transfer;
        const QString what =
            failureOf(failed.reason).arg(bridge::toQt(failed.toName), bridge::toQt(failed.customerName));
        const QString where =
            failed.group ? NoticeBar::tr("It waits for any agent of %1 now.").arg(bridge::toQt(failed.groupName))
                         : NoticeBar::tr("It went back to its flow.");
        return NoticeBar::tr("%1 – %2 %3", "time, what happened, where it is now").arg(time, what, where);
    }
    case Notice::Kind::WrapUpLost: {
        const auto& lost = notice.wrapUp;
        const QString what =
            lost.unsure ? NoticeBar::tr("The session with %1 is completed. The connection ended while your wrap-up was "
                                        "being sent; it is not known whether it arrived: “%2”")
                        : NoticeBar::tr("The session with %1 was completed without what you had typed: “%2”");
        return what.arg(lost.customer, quoted(lost.form));
    }
    }
    return {};
}

NoticeBar::NoticeBar(state::AgentAccount& account, QWidget* parent)
    : Themed<QWidget>(parent)
    , m_account(account)
    , m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    connect(&account.notices(), &state::Notices::changed, this, &NoticeBar::fill);
    fill();
}

void NoticeBar::retranslate() {
    for (const auto& [notice, row] : m_rows)
        row->deleteLater();
    m_rows.clear();
    fill();
}

NoticeRow* NoticeBar::makeRow(const Notice& notice) {
    auto* row = new NoticeRow(sentenceOf(notice));
    if (notice.kind == Notice::Kind::MissedOffer) {
        row->setAction(tr("Back to idle"));
        connect(row, &NoticeRow::acted, this, [this] { m_account.commands().goOnline(); });
        return row;
    }
    if (notice.kind == Notice::Kind::WrapUpLost) {
        row->setAction(tr("Copy it"));
        connect(row, &NoticeRow::acted, this,
                [form = notice.wrapUp.form] { QGuiApplication::clipboard()->setText(asText(form)); });
    }
    row->setClosable(tr("Seen"));
    connect(row, &NoticeRow::closed, this, [this, id = notice.id] { m_account.notices().dismiss(id); });
    return row;
}

/// Rows of notices that stay are kept: the pointer may be on one of their buttons.
void NoticeBar::fill() {
    auto standing = m_account.notices().all();
    if (standing.size() > std::size_t(kMost))
        standing.resize(std::size_t(kMost));
    std::vector<std::pair<Notice, NoticeRow*>> rows;
    for (const auto& notice : standing) {
        const auto known =
            std::find_if(m_rows.begin(), m_rows.end(), [&notice](const auto& entry) { return entry.first == notice; });
        if (known != m_rows.end()) {
            rows.push_back(*known);
            m_rows.erase(known);
        } else {
            rows.emplace_back(notice, makeRow(notice));
        }
    }
    for (const auto& [notice, row] : m_rows) {
        row->hide();
        row->deleteLater();
    }
    m_rows = std::move(rows);
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_column->insertWidget(int(i), m_rows[i].second);
    setVisible(!m_rows.empty());
}

} // namespace cb::workbench
#include "notice_bar.moc"
