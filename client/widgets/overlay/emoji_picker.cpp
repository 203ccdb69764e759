#include "client/widgets/overlay/emoji_picker.h"

#include "client/widgets/controls/field.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSettings>
#include <QVBoxLayout>

#include "client/widgets/controls/button.h"

namespace cb::widgets {

namespace {

constexpr Glyph kGroupGlyphs[kEmojiGroupCount + 1] = {Glyph::History, Glyph::Smile, Glyph::User, Glyph::Sun,
                                                      Glyph::Coffee,  Glyph::Globe, Glyph::Star, Glyph::Wallet,
                                                      Glyph::Hash,    Glyph::Tag};
const QString& recentKey() {
    static const QString key = QStringLiteral("emoji/recent");
    return key;
}

} // namespace

EmojiPicker::EmojiPicker(QWidget* anchor)
    : Floating(anchor)
    , m_anchor(anchor)
    , m_search(new SearchField({}, this))
    , m_grid(new EmojiGrid(this)) {
    auto* column = new QVBoxLayout(this);
    const int m = shadowMargin() + look().grid(2);
    column->setContentsMargins(m, m, m, m);
    column->setSpacing(look().grid(2));
    column->addWidget(m_search);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    for (int i = 0; i <= kEmojiGroupCount; ++i) {
        auto* button = new IconButton(kGroupGlyphs[i], {}, this);
        button->setFocusPolicy(Qt::NoFocus);
        row->addWidget(button);
        m_groups.push_back(button);
        connect(button, &QAbstractButton::clicked, this, [this, i] {
            m_search->clear();
            m_grid->scrollToSection(i - (m_recent.isEmpty() ? 1 : 0));
        });
    }
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(m_grid, 1);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &EmojiPicker::fill);
    connect(m_grid, &EmojiGrid::chosen, this, &EmojiPicker::use);
    EmojiPicker::retranslate();
}

void EmojiPicker::retranslate() {
    const QStringList names{tr("Used last"),         tr("Smileys"), tr("People"),  tr("Nature"),  tr("Food and drink"),
                            tr("Travel and places"), tr("Events"),  tr("Objects"), tr("Symbols"), tr("Flags")};
    for (std::size_t i = 0; i < m_groups.size(); ++i)
        m_groups[i]->setLabel(names[qsizetype(i)]);
    m_search->setPlaceholderText(tr("Search emoji"));
    m_search->setAccessibleName(tr("Search emoji"));
    if (isVisible())
        fill();
}

void EmojiPicker::popup() {
    if (m_table.empty())
        m_table = loadEmoji();
    m_recent = QSettings().value(recentKey()).toStringList();
    m_groups[0]->setVisible(!m_recent.isEmpty());
    m_focusBefore = QApplication::focusWidget();
    m_search->clear();
    const Look& l = look();
    placeAt(m_anchor, {10 * m_grid->cell() + l.grid(5) + l.px(12), l.px(340)});
    layout()->activate();
    fill();
    raise();
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

void EmojiPicker::fill() {
    std::vector<EmojiGrid::Section> sections;
    if (!m_search->text().trimmed().isEmpty()) {
        EmojiGrid::Section found{tr("Found"), {}};
        for (const Emoji* emoji : findEmoji(m_table, m_search->text()))
            found.emoji.append(emoji->text);
        sections.push_back(std::move(found));
    } else {
        sections.push_back({m_groups[0]->accessibleName(), m_recent});
        for (int i = 0; i < kEmojiGroupCount; ++i)
            sections.push_back({m_groups[std::size_t(i) + 1]->accessibleName(), {}});
        for (const Emoji& emoji : m_table)
            sections[std::size_t(emoji.group) + 1].emoji.append(emoji.text);
    }
    m_grid->setSections(std::move(sections));
}

void EmojiPicker::use(const QString& emoji, bool stay) {
    if (emoji.isEmpty())
        return;
    QSettings().setValue(recentKey(), withRecent(QSettings().value(recentKey()).toStringList(), emoji));
    if (!stay)
        close();
    Q_EMIT chosen(emoji);
}

void EmojiPicker::close() {
    if (!isVisible())
        return;
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
    Q_EMIT closed();
}

bool EmojiPicker::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_search || !isVisible())
        return false;
    if (event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            close();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool typing = !m_search->text().isEmpty();
    switch (key->key()) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        m_grid->move(0, key->key() == Qt::Key_Up ? -1 : 1);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (typing && key->modifiers() != Qt::NoModifier)
            return false; // edits the search text
        m_grid->move(key->key() == Qt::Key_Left ? -1 : 1, 0);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        use(m_grid->currentEmoji(), key->modifiers().testFlag(Qt::ShiftModifier));
        return true;
    default:
        return false;
    }
}

} // namespace cb::widgets
