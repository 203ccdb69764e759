#pragma once

#include <QInputMethodEvent>
#include <QMimeData>
#include <QTextEdit>

#include <functional>

namespace cb::widgets {

/// The text field inside the composer: plain text, knows whether an input method is composing, offers pasted data
/// first.
class ComposerEdit : public QTextEdit {
    Q_OBJECT
public:
    explicit ComposerEdit(std::function<bool(const QMimeData&)> take, QWidget* parent)
        : QTextEdit(parent)
        , m_take(std::move(take)) {
        setAcceptRichText(false);
        setTabChangesFocus(true);
        setFrameShape(QFrame::NoFrame);
        setAcceptDrops(false); // the whole composer takes drops
    }

    bool isComposing() const { return m_composing; }

protected:
    void inputMethodEvent(QInputMethodEvent* event) override {
        m_composing = !event->preeditString().isEmpty();
        QTextEdit::inputMethodEvent(event);
    }
    void focusOutEvent(QFocusEvent* event) override {
        m_composing = false;
        QTextEdit::focusOutEvent(event);
    }
    bool canInsertFromMimeData(const QMimeData* source) const override {
        return source->hasImage() || source->hasUrls() || source->hasText();
    }
    void insertFromMimeData(const QMimeData* source) override {
        if (!m_take(*source))
            insertPlainText(source->text());
    }

private:
    std::function<bool(const QMimeData&)> m_take;
    bool m_composing = false;
};

} // namespace cb::widgets
