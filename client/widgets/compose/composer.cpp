#include "client/widgets/compose/composer.h"

#include "client/widgets/compose/composer_edit.h"
#include "client/widgets/controls/button.h"
#include "client/widgets/controls/label.h"
#include "client/widgets/overlay/emoji_picker.h"
#include "client/widgets/overlay/popup_list.h"
#include "client/widgets/theme/paint.h"

#include <QAbstractTextDocumentLayout>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QImage>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QUrl>
#include <QVBoxLayout>

namespace cb::widgets {

namespace {
constexpr int kTypingPauseMs = 3000;
constexpr int kMostLines = 8;
} // namespace

Composer::Composer(QWidget* parent)
    : Themed<QWidget>(parent)
    , m_edit(new ComposerEdit([this](const QMimeData& mime) { return take(mime); }, this))
    , m_attachments(new AttachmentBar(this))
    , m_emoji(new IconButton(Glyph::Smile, {}, this))
    , m_attach(new IconButton(Glyph::Paperclip, {}, this))
    , m_quickButton(new IconButton(Glyph::MessageSquare, {}, this))
    , m_send(new Button({}, Glyph::Send, Button::Kind::Primary, this))
    , m_counter(new Label({}, TextSize::Secondary, this))
    , m_quick(nullptr) {
    build();
    setAcceptDrops(true);
    setFocusProxy(m_edit);
    m_edit->installEventFilter(this);
    m_counter->hide();
    m_quickButton->hide();
    connect(m_edit, &QTextEdit::textChanged, this, &Composer::onTextChanged);
    connect(m_edit->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &Composer::grow);
    connect(m_attachments, &AttachmentBar::changed, this, &Composer::updateSend);
    connect(m_send, &QAbstractButton::clicked, this, &Composer::send);
    connect(m_emoji, &QAbstractButton::clicked, this, &Composer::openEmoji);
    connect(m_attach, &QAbstractButton::clicked, this, &Composer::attachRequested);
    connect(m_quickButton, &QAbstractButton::clicked, this, [this] {
        m_edit->setFocus();
        if (m_edit->toPlainText().isEmpty())
            m_edit->insertPlainText(QStringLiteral("/"));
    });
    Composer::restyle();
    Composer::retranslate();
    updateSend();
}

Composer::~Composer() = default;

void Composer::build() {
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_attachments);
    column->addWidget(m_edit);
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(m_emoji);
    row->addWidget(m_attach);
    row->addWidget(m_quickButton);
    row->addStretch(1);
    row->addWidget(m_counter);
    row->addSpacing(8);
    row->addWidget(m_send);
    column->addLayout(row);
    m_send->setSmall(true);
    setTabOrder(m_edit, m_send);
    setTabOrder(m_send, m_emoji);
    setTabOrder(m_emoji, m_attach);
    setTabOrder(m_attach, m_quickButton);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void Composer::restyle() {
    const Look& l = look();
    layout()->setContentsMargins(l.grid(3), l.grid(2), l.grid(3), l.grid(2));
    layout()->setSpacing(l.grid(1));
    m_edit->document()->setDocumentMargin(l.px(2));
    m_edit->viewport()->setAutoFillBackground(false);
    grow();
}

void Composer::retranslate() {
    m_emoji->setLabel(tr("Emoji"));
    m_attach->setLabel(tr("Attach a picture or a file"));
    m_quickButton->setLabel(tr("Quick replies"));
    m_send->setText(tr("Send"));
    m_edit->setAccessibleName(tr("Message"));
}

QTextEdit* Composer::edit() const {
    return m_edit;
}
QString Composer::text() const {
    return m_edit->toPlainText();
}

void Composer::setText(const QString& text) {
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
}

void Composer::insertText(const QString& text) {
    m_edit->insertPlainText(text);
}

void Composer::clear() {
    m_edit->clear();
    m_attachments->clear();
    m_typingPause = {};
}

void Composer::setPlaceholder(const QString& text) {
    m_placeholder = text;
    m_edit->setPlaceholderText(m_blocked.isEmpty() ? text : m_blocked);
}

void Composer::setEnterSends(bool enterSends) {
    m_enterSends = enterSends;
}

void Composer::setQuickSource(QuickSource source) {
    m_source = std::move(source);
    m_quickButton->setVisible(bool(m_source));
}

void Composer::setAttachmentsAllowed(bool allowed) {
    m_attachmentsAllowed = allowed;
    m_attach->setVisible(allowed);
}

void Composer::setBlocked(const QString& why) {
    m_blocked = why;
    m_edit->setReadOnly(!why.isEmpty());
    setPlaceholder(m_placeholder);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_emoji), static_cast<QWidget*>(m_attach), static_cast<QWidget*>(m_quickButton)})
        widget->setEnabled(why.isEmpty());
    updateSend();
}

// --- text ---

void Composer::grow() {
    const Look& l = look();
    const int line = QFontMetrics(l.body).lineSpacing();
    const int margin = 2 * l.px(2);
    const int wanted = qRound(m_edit->document()->size().height());
    const int most = line * kMostLines + margin;
    m_edit->setVerticalScrollBarPolicy(wanted > most ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int height = qBound(line + margin, wanted, most);
    if (m_edit->height() != height || m_edit->minimumHeight() != height)
        m_edit->setFixedHeight(height);
}

void Composer::onTextChanged() {
    const qsizetype length = m_edit->toPlainText().size();
    if (length >= kCounterFrom) {
        m_counter->setText(QStringLiteral("%1 / %2").arg(length).arg(kMostCharacters));
        m_counter->setTone(length > kMostCharacters ? Tone::Danger : Tone::Muted);
    }
    m_counter->setVisible(length >= kCounterFrom);
    updateSend();
    updateQuick();
    if (length == 0) {
        m_typingPause = {};
        Q_EMIT typing(false);
    } else if (m_typingPause.hasExpired()) {
        m_typingPause = QDeadlineTimer(kTypingPauseMs);
        Q_EMIT typing(true);
    }
    Q_EMIT textChanged();
}

void Composer::updateSend() {
    const QString text = m_edit->toPlainText();
    const bool something = !text.trimmed().isEmpty() || m_attachments->count() > 0;
    m_send->setEnabled(something && text.size() <= kMostCharacters && m_blocked.isEmpty());
}

void Composer::send() {
    if (m_send->isEnabled())
        Q_EMIT sendRequested(m_edit->toPlainText().trimmed());
}

bool Composer::handleKey(QKeyEvent& event) {
    if (m_edit->isComposing())
        return false;
    if (m_quick != nullptr && m_quick->handleKey(event))
        return true;
    const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    if (!enter)
        return false;
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    if (m_enterSends && !shift && !control) {
        send();
        return true;
    }
    if (!m_enterSends && control) {
        send();
        return true;
    }
    if (!control) {
        // A plain paragraph, not the line separator that Shift+Enter would put in.
        m_edit->textCursor().insertBlock();
        m_edit->ensureCursorVisible();
        return true;
    }
    return false;
}

bool Composer::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_edit)
        return false;
    if (event->type() == QEvent::KeyPress)
        return handleKey(*static_cast<QKeyEvent*>(event));
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        if (m_quick != nullptr && event->type() == QEvent::FocusOut)
            m_quick->hide();
        update();
    }
    return false;
}

// --- quick replies and emoji ---

void Composer::updateQuick() {
    const QString text = m_edit->toPlainText();
    const bool wanted = m_source && text.startsWith(u'/') && !text.contains(u'\n') && m_edit->hasFocus();
    if (!wanted) {
        if (m_quick != nullptr)
            m_quick->hide();
        return;
    }
    if (m_quick == nullptr) {
        m_quick = new PopupList(this);
        connect(m_quick, &PopupList::chosen, this, &Composer::useQuick);
    }
    m_quick->setRows(m_source(text.mid(1)));
    m_quick->popup();
}

void Composer::useQuick(const QVariant& picked) {
    if (picked.typeId() == QMetaType::QString)
        setText(picked.toString());
    Q_EMIT quickChosen(picked);
}

void Composer::openEmoji() {
    if (m_picker == nullptr) {
        m_picker = new EmojiPicker(m_emoji);
        connect(m_picker, &EmojiPicker::chosen, this, [this](const QString& emoji) { m_edit->insertPlainText(emoji); });
        connect(m_picker, &EmojiPicker::closed, this, [this] { m_edit->setFocus(); });
    }
    if (m_picker->isVisible())
        m_picker->close();
    else
        m_picker->popup();
}

// --- paste and drop ---

bool Composer::take(const QMimeData& mime) {
    if (!m_attachmentsAllowed || !m_blocked.isEmpty())
        return false;
    QList<QUrl> files;
    for (const QUrl& url : mime.urls())
        if (url.isLocalFile())
            files.append(url);
    if (!files.isEmpty()) {
        Q_EMIT filesChosen(files);
        return true;
    }
    // Office programs put a picture beside the text they copy: text wins then.
    if (mime.hasImage() && !mime.hasText()) {
        Q_EMIT imagePasted(mime.imageData().value<QImage>());
        return true;
    }
    return false;
}

void Composer::dragEnterEvent(QDragEnterEvent* event) {
    const QMimeData* mime = event->mimeData();
    if (!m_blocked.isEmpty() || !(mime->hasText() || (m_attachmentsAllowed && (mime->hasUrls() || mime->hasImage()))))
        return;
    event->acceptProposedAction();
    m_dropping = true;
    update();
}

void Composer::dragLeaveEvent(QDragLeaveEvent*) {
    m_dropping = false;
    update();
}

void Composer::dropEvent(QDropEvent* event) {
    m_dropping = false;
    update();
    if (!take(*event->mimeData()) && event->mimeData()->hasText())
        insertText(event->mimeData()->text());
    event->acceptProposedAction();
}

void Composer::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Look& l = look();
    const Tokens& t = l.color;
    painter.fillRect(rect(), t.surface);
    painter.fillRect(QRect(0, 0, width(), 1), t.border);
    if (m_edit->hasFocus() && m_blocked.isEmpty())
        painter.fillRect(QRect(0, 0, width(), 2), t.accent);
    if (m_dropping)
        paintRounded(painter, QRectF(rect()).adjusted(2, 2, -2, -2), l.radius(), t.selection, t.accent);
}

} // namespace cb::widgets
