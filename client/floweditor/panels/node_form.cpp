#include "client/floweditor/panels/node_form.h"

#include "client/floweditor/panels/fields.h"
#include "client/floweditor/panels/listen_row.h"
#include "client/floweditor/panels/options_editor.h"
#include "shared/flow/limits.h"

#include <QtWidgets/QBoxLayout>

#include <algorithm>

namespace cb::floweditor {

using widgets::TextArea;

namespace {

void set(TextArea* area, const std::string& text) {
    const QString wanted = QString::fromStdString(text);
    if (area->text() == wanted)
        return;
    const QSignalBlocker quiet(area->edit());
    area->setText(wanted);
}

std::string textOf(const TextArea* area) {
    return area->text().toStdString();
}

TextArea* area(int lines) {
    auto* made = new TextArea({}, lines);
    made->setLineKept(false);
    return made;
}

class PlainForm final : public NodeForm {
public:
    PlainForm(flow::NodeData data, QWidget* parent)
        : NodeForm(parent)
        , m_data(std::move(data)) {}
    void show(const Choices&, const flow::NodeData& data) override { m_data = data; }
    flow::NodeData data() const override { return m_data; }

private:
    flow::NodeData m_data;
};

class MessageForm final : public NodeForm {
public:
    explicit MessageForm(QWidget* parent)
        : NodeForm(parent)
        , m_text(area(5)) {
        add(m_text);
        connect(m_text->edit(), &QTextEdit::textChanged, this, [this] { Q_EMIT edited(QStringLiteral("text")); });
        MessageForm::retranslate();
    }
    void retranslate() override { m_text->setLabel(NodeForm::tr("Text to the customer")); }
    void show(const Choices&, const flow::NodeData& data) override { set(m_text, std::get<flow::Message>(data).text); }
    flow::NodeData data() const override { return flow::Message{textOf(m_text)}; }

private:
    TextArea* m_text;
};

class PlayForm final : public NodeForm {
public:
    explicit PlayForm(QWidget* parent)
        : NodeForm(parent)
        , m_sound(new SoundField) {
        add(m_sound);
        connect(m_sound, &SoundField::edited, this, [this] { Q_EMIT edited(QStringLiteral("sound")); });
        PlayForm::retranslate();
    }
    void retranslate() override { m_sound->setLabel(NodeForm::tr("What the caller hears")); }
    void show(const Choices& choices, const flow::NodeData& data) override {
        m_sound->show(choices, std::get<flow::Play>(data).sound);
    }
    flow::NodeData data() const override { return flow::Play{m_sound->sound()}; }

private:
    SoundField* m_sound;
};

class BranchForm final : public NodeForm {
public:
    explicit BranchForm(QWidget* parent)
        : NodeForm(parent)
        , m_prompt(area(3))
        , m_wrong(area(2))
        , m_options(new OptionsEditor(OptionsEditor::Of::Keywords)) {
        for (QWidget* field : std::initializer_list<QWidget*>{m_prompt, m_options, m_wrong})
            add(field);
        connect(m_prompt->edit(), &QTextEdit::textChanged, this, [this] { Q_EMIT edited(QStringLiteral("prompt")); });
        connect(m_wrong->edit(), &QTextEdit::textChanged, this, [this] { Q_EMIT edited(QStringLiteral("wrong")); });
        connect(m_options, &OptionsEditor::edited, this, &NodeForm::edited);
        BranchForm::retranslate();
    }
    void retranslate() override {
        m_prompt->setLabel(NodeForm::tr("Question to the customer"));
        m_wrong->setLabel(NodeForm::tr("Answer to any other input"));
    }
    void show(const Choices&, const flow::NodeData& data) override {
        const auto& branch = std::get<flow::Branch>(data);
        set(m_prompt, branch.prompt);
        set(m_wrong, branch.wrongText);
        std::vector<OptionsEditor::Row> rows;
        for (const auto& option : branch.options) {
            OptionsEditor::Row row{QString::fromStdString(option.name), {}};
            for (const auto& keyword : option.keywords)
                row.keys << QString::fromStdString(keyword);
            rows.push_back(std::move(row));
        }
        m_options->show(rows);
    }
    flow::NodeData data() const override {
        flow::Branch branch{textOf(m_prompt), textOf(m_wrong), {}};
        for (const auto& row : m_options->rows()) {
            flow::KeywordOption option{row.name.toStdString(), {}};
            for (const QString& keyword : row.keys)
                option.keywords.push_back(keyword.toStdString());
            branch.options.push_back(std::move(option));
        }
        return branch;
    }
    bool isClear() const override { return m_options->isClear(); }

private:
    TextArea* m_prompt;
    TextArea* m_wrong;
    OptionsEditor* m_options;
};

class KeyBranchForm final : public NodeForm {
public:
    explicit KeyBranchForm(QWidget* parent)
        : NodeForm(parent)
        , m_prompt(new SoundField)
        , m_timeoutPrompt(new SoundField)
        , m_wrongPrompt(new SoundField)
        , m_timeout(new NumberField(flow::kMinKeyTimeout, flow::kMaxKeyTimeout))
        , m_errors(new NumberField(0, flow::kMaxErrors))
        , m_options(new OptionsEditor(OptionsEditor::Of::Keys)) {
        for (QWidget* field :
             std::initializer_list<QWidget*>{m_prompt, m_options, m_timeout, m_timeoutPrompt, m_wrongPrompt, m_errors})
            add(field);
        for (const SoundField* sound : {m_prompt, m_timeoutPrompt, m_wrongPrompt})
            connect(sound, &SoundField::edited, this,
                    [this, sound] { Q_EMIT edited(QStringLiteral("sound %1").arg(quintptr(sound))); });
        for (const NumberField* number : {m_timeout, m_errors})
            connect(number, &NumberField::edited, this,
                    [this, number] { Q_EMIT edited(QStringLiteral("number %1").arg(quintptr(number))); });
        connect(m_options, &OptionsEditor::edited, this, &NodeForm::edited);
        KeyBranchForm::retranslate();
    }
    void retranslate() override {
        m_prompt->setLabel(NodeForm::tr("Question to the caller"));
        m_timeoutPrompt->setLabel(NodeForm::tr("When no key comes in time"));
        m_wrongPrompt->setLabel(NodeForm::tr("After a wrong key"));
        m_timeout->setLabel(NodeForm::tr("Wait for a key"));
        m_timeout->setUnit(NodeForm::tr("s"));
        m_errors->setLabel(NodeForm::tr("Errors allowed; one more hangs up"));
    }
    void show(const Choices& choices, const flow::NodeData& data) override {
        const auto& branch = std::get<flow::KeyBranch>(data);
        m_prompt->show(choices, branch.prompt);
        m_timeoutPrompt->show(choices, branch.timeoutPrompt);
        m_wrongPrompt->show(choices, branch.wrongPrompt);
        m_timeout->setValue(int(branch.timeout.count()));
        m_errors->setValue(branch.maxErrors);
        std::vector<OptionsEditor::Row> rows;
        for (const auto& option : branch.options)
            rows.push_back({QString::fromStdString(option.name), {QString::fromStdString(option.keys)}});
        m_options->show(rows);
    }
    flow::NodeData data() const override {
        flow::KeyBranch branch;
        branch.prompt = m_prompt->sound();
        branch.timeoutPrompt = m_timeoutPrompt->sound();
        branch.wrongPrompt = m_wrongPrompt->sound();
        branch.timeout = base::Seconds(m_timeout->value());
        branch.maxErrors = m_errors->value();
        for (const auto& row : m_options->rows())
            branch.options.push_back({row.name.toStdString(), row.keys.join(QString()).toStdString()});
        return branch;
    }
    bool isClear() const override { return m_options->isClear(); }

private:
    SoundField* m_prompt;
    SoundField* m_timeoutPrompt;
    SoundField* m_wrongPrompt;
    NumberField* m_timeout;
    NumberField* m_errors;
    OptionsEditor* m_options;
};

class TransferForm final : public NodeForm {
public:
    TransferForm(flow::Mode mode, QWidget* parent)
        : NodeForm(parent)
        , m_mode(mode)
        , m_group(new GroupField(QString()))
        , m_queue(area(2))
        , m_success(area(2))
        , m_failure(area(2))
        , m_wait(new NumberField(0, flow::kMaxWait)) {
        m_group->setLineKept(false);
        for (QWidget* field : std::initializer_list<QWidget*>{m_group, m_queue, m_success, m_failure, m_wait})
            add(field);
        connect(m_group->box(), &QComboBox::currentIndexChanged, this, [this] { Q_EMIT edited({}); });
        connect(m_queue->edit(), &QTextEdit::textChanged, this, [this] { Q_EMIT edited(QStringLiteral("queue")); });
        connect(m_success->edit(), &QTextEdit::textChanged, this, [this] { Q_EMIT edited(QStringLiteral("success")); });
        connect(m_failure->edit(), &QTextEdit::textChanged, this, [this] { Q_EMIT edited(QStringLiteral("failure")); });
        connect(m_wait, &NumberField::edited, this, [this] { Q_EMIT edited(QStringLiteral("wait")); });
        TransferForm::retranslate();
    }
    void retranslate() override {
        m_group->setLabel(NodeForm::tr("Skill group"));
        m_queue->setLabel(NodeForm::tr("Text while queued"));
        m_queue->setHint(NodeForm::tr("${WaitNo} is how many are ahead."));
        m_success->setLabel(NodeForm::tr("Text when an agent answers"));
        m_success->setHint(NodeForm::tr("${StaffNo} is the agent's staff number."));
        m_failure->setLabel(NodeForm::tr("Text when nobody can answer"));
        m_wait->setLabel(NodeForm::tr("Longest wait"));
        m_wait->setUnit(NodeForm::tr("s"));
        m_wait->setNothing(NodeForm::tr("no limit"));
    }
    void show(const Choices& choices, const flow::NodeData& data) override {
        const auto& transfer = std::get<flow::Transfer>(data);
        m_group->show(choices, m_mode, transfer.group);
        set(m_queue, transfer.queueText);
        set(m_success, transfer.successText);
        set(m_failure, transfer.failureText);
        m_wait->setValue(int(transfer.longestWait.count()));
    }
    flow::NodeData data() const override {
        flow::Transfer transfer;
        transfer.group = m_group->chosen();
        transfer.queueText = textOf(m_queue);
        transfer.successText = textOf(m_success);
        transfer.failureText = textOf(m_failure);
        transfer.longestWait = base::Seconds(m_wait->value());
        return transfer;
    }

private:
    flow::Mode m_mode;
    GroupField* m_group;
    TextArea* m_queue;
    TextArea* m_success;
    TextArea* m_failure;
    NumberField* m_wait;
};

class CallTransferForm final : public NodeForm {
public:
    explicit CallTransferForm(QWidget* parent)
        : NodeForm(parent)
        , m_group(new GroupField(QString()))
        , m_prompt(new SoundField)
        , m_music(new AudioField(QString()))
        , m_hear(new ListenRow)
        , m_announcement(new SoundField)
        , m_wait(new NumberField(0, flow::kMaxWait)) {
        m_group->setLineKept(false);
        m_music->setLineKept(false);
        for (QWidget* field :
             std::initializer_list<QWidget*>{m_group, m_prompt, m_music, m_hear, m_announcement, m_wait})
            add(field);
        connect(m_group->box(), &QComboBox::currentIndexChanged, this, [this] { Q_EMIT edited({}); });
        connect(m_music->box(), &QComboBox::currentIndexChanged, this, [this] {
            m_hear->setSound(m_listener, music());
            Q_EMIT edited({});
        });
        connect(m_prompt, &SoundField::edited, this, [this] { Q_EMIT edited(QStringLiteral("prompt")); });
        connect(m_announcement, &SoundField::edited, this, [this] { Q_EMIT edited(QStringLiteral("announcement")); });
        connect(m_wait, &NumberField::edited, this, [this] { Q_EMIT edited(QStringLiteral("wait")); });
        CallTransferForm::retranslate();
    }
    void retranslate() override {
        m_group->setLabel(NodeForm::tr("Skill group"));
        m_prompt->setLabel(NodeForm::tr("While transferring"));
        m_music->setLabel(NodeForm::tr("Music while waiting"));
        m_announcement->setLabel(NodeForm::tr("To the caller, before the agent joins"));
        m_wait->setLabel(NodeForm::tr("Longest wait"));
        m_wait->setUnit(NodeForm::tr("s"));
        m_wait->setNothing(NodeForm::tr("no limit"));
    }
    void show(const Choices& choices, const flow::NodeData& data) override {
        const auto& transfer = std::get<flow::CallTransfer>(data);
        m_group->show(choices, flow::Mode::Phone, transfer.group);
        m_prompt->show(choices, transfer.prompt);
        m_music->show(choices, transfer.music, NodeForm::tr("The server's own"));
        m_listener = choices.listener;
        m_hear->setSound(m_listener, music());
        m_announcement->show(choices, transfer.announcement);
        m_wait->setValue(int(transfer.longestWait.count()));
    }
    flow::NodeData data() const override {
        flow::CallTransfer transfer;
        transfer.group = m_group->chosen();
        transfer.prompt = m_prompt->sound();
        transfer.music = m_music->chosen();
        transfer.announcement = m_announcement->sound();
        transfer.longestWait = base::Seconds(m_wait->value());
        return transfer;
    }

private:
    /// The server's own cannot be heard here.
    flow::Sound music() const {
        flow::Sound sound;
        sound.audio = m_music->chosen();
        sound.source = sound.audio ? flow::Sound::Source::Audio : flow::Sound::Source::None;
        return sound;
    }

    GroupField* m_group;
    SoundField* m_prompt;
    AudioField* m_music;
    ListenRow* m_hear;
    SoundField* m_announcement;
    NumberField* m_wait;
    Listener* m_listener = nullptr;
};

class EndForm final : public NodeForm {
public:
    explicit EndForm(QWidget* parent)
        : NodeForm(parent)
        , m_silence(new NumberField(0, flow::kMaxSilence))
        , m_silenceText(area(2))
        , m_agentText(area(2)) {
        for (QWidget* field : std::initializer_list<QWidget*>{m_silence, m_silenceText, m_agentText})
            add(field);
        connect(m_silence, &NumberField::edited, this, [this] { Q_EMIT edited(QStringLiteral("silence")); });
        connect(m_silenceText->edit(), &QTextEdit::textChanged, this,
                [this] { Q_EMIT edited(QStringLiteral("silence text")); });
        connect(m_agentText->edit(), &QTextEdit::textChanged, this,
                [this] { Q_EMIT edited(QStringLiteral("agent text")); });
        EndForm::retranslate();
    }
    void retranslate() override {
        m_silence->setLabel(NodeForm::tr("End after the customer's silence"));
        m_silence->setUnit(NodeForm::tr("s"));
        m_silence->setNothing(NodeForm::tr("never"));
        m_silenceText->setLabel(NodeForm::tr("Text when silence ends the session"));
        m_agentText->setLabel(NodeForm::tr("Text when the agent ends the session"));
    }
    void show(const Choices&, const flow::NodeData& data) override {
        const auto& end = std::get<flow::End>(data);
        m_silence->setValue(int(end.silence.count()));
        set(m_silenceText, end.silenceText);
        set(m_agentText, end.agentEndedText);
    }
    flow::NodeData data() const override {
        return flow::End{base::Seconds(m_silence->value()), textOf(m_silenceText), textOf(m_agentText)};
    }

private:
    NumberField* m_silence;
    TextArea* m_silenceText;
    TextArea* m_agentText;
};

} // namespace

NodeForm::NodeForm(QWidget* parent)
    : Themed<QWidget>(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(look().grid(3));
}

void NodeForm::add(QWidget* field) {
    static_cast<QVBoxLayout*>(layout())->addWidget(field);
}

NodeForm* NodeForm::make(const flow::NodeData& data, flow::Mode mode, QWidget* parent) {
    struct Maker {
        QWidget* parent;
        flow::Mode mode;
        NodeForm* operator()(const flow::Start& start) const { return new PlainForm(start, parent); }
        NodeForm* operator()(const flow::CallEnd& end) const { return new PlainForm(end, parent); }
        NodeForm* operator()(const flow::Message&) const { return new MessageForm(parent); }
        NodeForm* operator()(const flow::Play&) const { return new PlayForm(parent); }
        NodeForm* operator()(const flow::Branch&) const { return new BranchForm(parent); }
        NodeForm* operator()(const flow::KeyBranch&) const { return new KeyBranchForm(parent); }
        NodeForm* operator()(const flow::Transfer&) const { return new TransferForm(mode, parent); }
        NodeForm* operator()(const flow::CallTransfer&) const { return new CallTransferForm(parent); }
        NodeForm* operator()(const flow::End&) const { return new EndForm(parent); }
    };
    return std::visit(Maker{parent, mode}, data);
}

} // namespace cb::floweditor
