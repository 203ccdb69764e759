#include "client/webview/page_prompt.h"

#include <QtGui/QKeyEvent>

#include <utility>

namespace cb::webview {

using widgets::Button;

PagePrompt::PagePrompt(QWidget* parent)
    : Ground(Kind::Sunken, parent)
    , m_site(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_text(new widgets::Label)
    , m_line(new widgets::TextField({}))
    , m_password(new widgets::PasswordField({}))
    , m_yes(new Button({}, Button::Kind::Primary))
    , m_no(new Button({})) {
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    for (widgets::Field* field : std::initializer_list<widgets::Field*>{m_line, m_password})
        field->setLineKept(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_no);
    buttons->addWidget(m_yes);
    auto* column = new QVBoxLayout(this);
    const int pad = look().grid(3);
    column->setContentsMargins(pad, pad, pad, pad);
    column->setSpacing(look().grid(2));
    for (QWidget* part : std::initializer_list<QWidget*>{m_site, m_text, m_line, m_password})
        column->addWidget(part);
    column->addLayout(buttons);
    connect(m_yes, &Button::clicked, this, [this] { answer(true); });
    connect(m_no, &Button::clicked, this, [this] { answer(false); });
    connect(m_line->edit(), &QLineEdit::returnPressed, this, [this] {
        if (m_question.kind == Question::Kind::Prompt)
            answer(true);
        else
            m_password->edit()->setFocus();
    });
    connect(m_password->edit(), &QLineEdit::returnPressed, this, [this] { answer(true); });
    PagePrompt::retranslate();
    hide();
}

PagePrompt::~PagePrompt() {
    refuse();
}

void PagePrompt::retranslate() {
    const bool signIn = m_question.kind == Question::Kind::SignIn;
    m_line->setLabel(signIn ? tr("User name") : QString());
    m_password->setLabel(tr("Password"));
    m_yes->setText(signIn ? tr("Sign in") : tr("OK"));
    m_no->setText(tr("Cancel"));
    m_site->setText(signIn ? tr("%1 wants you to sign in").arg(m_question.site) : tr("%1 asks").arg(m_question.site));
}

void PagePrompt::ask(const Question& question, std::function<void(const Reply&)> answer) {
    refuse();
    m_question = question;
    m_answer = std::move(answer);
    retranslate();
    m_text->setText(question.text);
    m_text->setVisible(!question.text.isEmpty());
    m_line->setVisible(question.kind != Question::Kind::Confirm);
    m_line->setText(question.preset);
    m_password->setVisible(question.kind == Question::Kind::SignIn);
    m_password->edit()->clear();
    show();
}

void PagePrompt::refuse() {
    if (m_answer)
        answer(false);
}

void PagePrompt::answer(bool yes) {
    const Reply reply{yes, m_line->text(), m_password->text()};
    const bool inside = isAncestorOf(focusWidget());
    m_password->edit()->clear();
    hide();
    if (const auto tell = std::exchange(m_answer, nullptr))
        tell(reply);
    if (inside && parentWidget() != nullptr)
        parentWidget()->setFocus();
}

void PagePrompt::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape)
        return Ground::keyPressEvent(event);
    answer(false);
}

} // namespace cb::webview
