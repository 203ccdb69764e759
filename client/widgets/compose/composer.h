#pragma once

#include "client/widgets/compose/attachment_bar.h"
#include "client/widgets/overlay/list_row.h"
#include "client/widgets/theme/themed.h"

#include <QDeadlineTimer>
#include <QTextEdit>
#include <QWidget>

#include <functional>

class QMimeData;

namespace cb::widgets {

class Button;
class EmojiPicker;
class IconButton;
class Label;
class PopupList;
class ComposerEdit;

/// Where a message is written: text that grows from one to eight lines, chips for what will be attached, emoji, files,
/// the “/” list and Send. While an input method composes (Chinese), Enter belongs to it.
class Composer : public Themed<QWidget> {
    Q_OBJECT
public:
    /// Rows for the text after “/”; empty: no list. Called at each key, so it must be quick.
    using QuickSource = std::function<std::vector<ListRow>(const QString& typed)>;

    explicit Composer(QWidget* parent = nullptr);
    ~Composer() override;

    QString text() const;
    void setText(const QString& text);
    void insertText(const QString& text);
    void clear();
    void setPlaceholder(const QString& text);
    /// False: Ctrl+Enter sends and Enter makes a new line.
    void setEnterSends(bool enterSends);
    void setQuickSource(QuickSource source);
    void setAttachmentsAllowed(bool allowed);
    /// While the channel cannot send: the sentence stands in the text's place.
    void setBlocked(const QString& why);
    AttachmentBar* attachments() const { return m_attachments; }
    QTextEdit* edit() const;

    static constexpr int kMostCharacters = 4000;
    static constexpr int kCounterFrom = 3600;

Q_SIGNALS:
    /// The trimmed text, never empty unless attachments wait; the owner clears when it has taken it over.
    void sendRequested(const QString& text);
    /// At most once in three seconds while text changes; false when the field became empty.
    void typing(bool active);
    void textChanged();
    void filesChosen(const QList<QUrl>& files);
    void imagePasted(const QImage& image);
    /// The paper clip was clicked: the owner opens its file dialog (it knows the limits).
    void attachRequested();
    /// A row of the “/” list was chosen; its text has been inserted when the data is a string.
    void quickChosen(const QVariant& data);

protected:
    void paintEvent(QPaintEvent* event) override;
    void restyle() override;
    void retranslate() override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    void onTextChanged();
    void send();
    void grow();
    void updateQuick();
    void useQuick(const QVariant& picked);
    void updateSend();
    void openEmoji();
    bool take(const QMimeData& mime);
    bool handleKey(QKeyEvent& event);

    ComposerEdit* m_edit;
    AttachmentBar* m_attachments;
    IconButton* m_emoji;
    IconButton* m_attach;
    IconButton* m_quickButton;
    Button* m_send;
    Label* m_counter;
    PopupList* m_quick;
    EmojiPicker* m_picker = nullptr;
    QuickSource m_source;
    QString m_blocked;
    QString m_placeholder;
    QDeadlineTimer m_typingPause;
    bool m_enterSends = true;
    bool m_attachmentsAllowed = true;
    bool m_dropping = false;
};

} // namespace cb::widgets
