#pragma once

#include "client/webview/web_page.h"
#include "client/widgets/controls/field.h"
#include "client/widgets/controls/panels.h"

namespace cb::webview {

/// What a page asks, over the page it belongs to: the rest of the program goes on. One question at a time.
class PagePrompt : public widgets::Ground {
    Q_OBJECT
public:
    explicit PagePrompt(QWidget* parent = nullptr);
    ~PagePrompt() override;

    void ask(const Question& question, std::function<void(const Reply&)> answer);
    void refuse(); ///< with "no", when it is still open

protected:
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void answer(bool yes);

    Question m_question;
    std::function<void(const Reply&)> m_answer;
    widgets::Label* m_site;
    widgets::Label* m_text;
    widgets::TextField* m_line;
    widgets::PasswordField* m_password;
    widgets::Button* m_yes;
    widgets::Button* m_no;
};

} // namespace cb::webview
