#include "client/floweditor/simulator/simulator.h"

#include "client/floweditor/document/listener.h"
#include "client/floweditor/document/words.h"
#include "client/widgets/transcript/transcript_roles.h"

#include <QtCore/QTime>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGridLayout>

#include <algorithm>

namespace cb::floweditor {

using flowtest::Agents;
using flowtest::Line;
using flowtest::Stage;
using widgets::Button;
using widgets::Glyph;
using widgets::TranscriptKind;
using widgets::TranscriptSide;

namespace {

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

QString duration(base::Millis time) {
    return QTime(0, 0).addMSecs(int(time.count())).toString(QStringLiteral("m:ss"));
}

} // namespace

Simulator::Simulator(Document& document, QWidget* parent)
    : Ground(Kind::Surface, parent)
    , m_document(document)
    , m_agentsLabel(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_agents(new widgets::Segmented(widgets::Segmented::Shape::Pills))
    , m_speaker(new widgets::IconButton(Glyph::VolumeX, {}))
    , m_restart(new widgets::IconButton(Glyph::RotateCcw, {}))
    , m_save(new Button({}, Glyph::Save))
    , m_lines(new QStandardItemModel(this))
    , m_view(new widgets::TranscriptView)
    , m_state(new widgets::Label({}, widgets::TextSize::Secondary))
    , m_entry(new QStackedWidget)
    , m_text(new QLineEdit)
    , m_keys(buildKeys())
    , m_wait(new Button({}, Glyph::SkipForward))
    , m_answer(new Button({}, Glyph::Headset))
    , m_agentWrites(new Button({}, Glyph::MessageSquare))
    , m_agentEnds(new Button({}, Glyph::X))
    , m_leave(new Button({}, Glyph::LogOut)) {
    build();
    connect(&document, &Document::changed, this, [this] {
        if (isRunning())
            again();
    });
    connect(&document, &Document::choicesChanged, this, &Simulator::tellSpeaker);
    for (const auto signal : {&Document::testsChanged, &Document::testsReadOnlyChanged})
        connect(&document, signal, this, &Simulator::tellControls);
    Simulator::retranslate();
    tell();
}

QWidget* Simulator::buildKeys() {
    auto* keys = new QWidget;
    auto* grid = new QGridLayout(keys);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(look().grid(1));
    const QString order = QStringLiteral("123456789*0#");
    for (int i = 0; i < order.size(); ++i) {
        auto* key = new Button(order.mid(i, 1));
        connect(key, &Button::clicked, this, [this, letter = order[i].toLatin1()] { give(flowtest::Press{letter}); });
        grid->addWidget(key, i / 3, i % 3);
    }
    return keys;
}

void Simulator::build() {
    for (int i = 0; i < 3; ++i)
        m_agents->addSegment({});
    m_state->setTone(widgets::Tone::Muted);
    m_state->setWordWrap(true);
    m_view->setModel(m_lines);
    m_view->setMinimumHeight(look().px(120));
    m_entry->addWidget(m_text);
    m_entry->addWidget(m_keys);
    m_entry->setCurrentWidget(m_document.graph().mode == flow::Mode::Phone ? m_keys : static_cast<QWidget*>(m_text));
    for (QWidget* page : std::initializer_list<QWidget*>{m_text, m_keys})
        page->setSizePolicy(QSizePolicy::Preferred,
                            page == m_entry->currentWidget() ? QSizePolicy::Maximum : QSizePolicy::Ignored);
    for (Button* button : {m_save, m_wait, m_answer, m_agentWrites, m_agentEnds, m_leave})
        button->setSmall(true);
    auto* head = new QHBoxLayout;
    head->addWidget(m_agentsLabel, 1);
    head->addWidget(m_speaker);
    head->addWidget(m_restart);
    auto* foot = new QGridLayout;
    foot->setSpacing(look().grid(1));
    foot->addWidget(m_wait, 0, 0);
    foot->addWidget(m_leave, 0, 1);
    foot->addWidget(m_answer, 1, 0);
    foot->addWidget(m_agentWrites, 1, 0);
    foot->addWidget(m_agentEnds, 1, 1);
    foot->addWidget(m_save, 2, 0, 1, 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look().grid(3), look().grid(3), look().grid(3), look().grid(3));
    column->setSpacing(look().grid(2));
    column->addLayout(head);
    column->addWidget(m_agents, 0, Qt::AlignLeft);
    column->addWidget(m_view, 1);
    column->addWidget(m_state);
    column->addWidget(m_entry);
    column->addLayout(foot);
    connect(m_agents, &widgets::Segmented::currentChanged, this, [this](int agents) {
        if (m_inputs.empty())
            restart(); // they hold from the beginning
        else
            give(flowtest::SetAgents{Agents(agents)});
    });
    connect(m_speaker, &QAbstractButton::clicked, this, [this] { setSpeaking(!m_speaks); });
    connect(m_restart, &QAbstractButton::clicked, this, &Simulator::restart);
    connect(m_text, &QLineEdit::returnPressed, this, &Simulator::write);
    connect(m_wait, &Button::clicked, this, [this] { give(flowtest::Wait{}); });
    connect(m_answer, &Button::clicked, this, [this] { give(flowtest::Answer{}); });
    connect(m_agentWrites, &Button::clicked, this,
            [this] { give(flowtest::AgentWrites{tr("How can I help you?").toStdString()}); });
    connect(m_agentEnds, &Button::clicked, this, [this] { give(flowtest::AgentEnds{}); });
    connect(m_leave, &Button::clicked, this, [this] { give(flowtest::Leave{}); });
    connect(m_save, &Button::clicked, this, &Simulator::save);
}

void Simulator::retranslate() {
    m_agentsLabel->setText(tr("Agents"));
    m_agents->setAccessibleName(tr("Agents"));
    m_agents->setSegmentText(0, tr("One free"));
    m_agents->setSegmentText(1, tr("All busy"));
    m_agents->setSegmentText(2, tr("Nobody online"));
    m_restart->setLabel(tr("From the beginning"));
    m_text->setPlaceholderText(tr("Write as the customer, then Enter"));
    m_answer->setText(tr("Agent answers"));
    m_agentWrites->setText(tr("Agent writes"));
    m_agentEnds->setText(tr("Agent ends it"));
    m_leave->setText(tr("Customer leaves"));
    m_save->setText(tr("Keep this run as a test"));
    tellSpeaker();
    m_lines->clear();
    m_shown = 0;
    tell();
}

void Simulator::restart() {
    m_inputs.clear();
    m_began = Agents(m_agents->current());
    again();
    speak();
}

void Simulator::stop() {
    hush();
    m_rehearsal.reset();
    m_problem.clear();
    Q_EMIT stands({}, std::nullopt);
}

void Simulator::play(const flowtest::FlowTest& test) {
    m_began = test.agents;
    m_inputs = test.inputs;
    {
        const QSignalBlocker quiet(m_agents);
        m_agents->setCurrent(int(test.agents));
    }
    again();
    speak();
}

void Simulator::setSpeaking(bool speaks) {
    hush();
    m_speaks = speaks;
    tellSpeaker();
    speak();
}

void Simulator::tellSpeaker() {
    const bool can = m_document.graph().mode == flow::Mode::Phone && m_document.choices().listener != nullptr;
    m_speaker->setVisible(can);
    m_speaker->setGlyph(m_speaks ? Glyph::Volume2 : Glyph::VolumeX);
    m_speaker->setLabel(m_speaks ? tr("Prompts are heard; click for silence") : tr("Hear the prompts"));
}

/// What somebody listens to elsewhere goes on while nothing is heard here.
void Simulator::hush() {
    if (auto* listener = m_document.choices().listener; m_speaks && listener != nullptr)
        listener->stop();
}

/// What the flow has said since the last input.
void Simulator::speak() {
    auto* listener = m_document.choices().listener;
    if (!m_speaks || !m_rehearsal || listener == nullptr)
        return;
    const auto& lines = m_rehearsal->lines();
    for (std::size_t i = m_since; i < lines.size(); ++i)
        if (lines[i].who == Line::Who::Flow)
            listener->follow(lines[i].sound);
}

/// From the start with the inputs there are; those behind one that means nothing any more are dropped.
void Simulator::again() {
    hush();
    m_lines->clear();
    m_shown = 0;
    m_since = 0;
    m_epoch = QDateTime::currentDateTime();
    m_rehearsal.reset();
    const auto flow = flowrun::compile(m_document.graph());
    m_problem = flow ? QString() : tr("There is no start: add one to play the flow.");
    if (flow) {
        m_rehearsal.emplace(*flow, m_began);
        std::size_t taken = 0;
        while (taken < m_inputs.size()) {
            const std::size_t said = m_rehearsal->lines().size();
            if (!m_rehearsal->apply(m_inputs[taken]))
                break;
            m_since = said;
            ++taken;
        }
        m_inputs.resize(taken, flowtest::Input(std::in_place_type<flowtest::Wait>));
    }
    tell();
}

void Simulator::give(const flowtest::Input& input) {
    if (!m_rehearsal)
        return;
    const std::size_t said = m_rehearsal->lines().size();
    const bool taken = m_inputs.size() < flowtest::kMaxInputs && m_rehearsal->apply(input);
    if (taken) {
        m_inputs.push_back(input);
        m_since = said;
        hush(); // a key cuts a prompt short
    }
    tell();
    if (taken)
        speak();
}

void Simulator::write() {
    const QString words = m_text->text();
    if (words.trimmed().isEmpty())
        return;
    m_text->clear();
    give(flowtest::Write{words.toStdString()});
}

void Simulator::save() {
    if (!m_rehearsal)
        return;
    auto tests = m_document.tests();
    QString name;
    for (int number = int(tests.size()) + 1; name.isEmpty(); ++number) {
        const QString wanted = tr("Test %1").arg(number);
        if (std::none_of(tests.begin(), tests.end(),
                         [&](const auto& test) { return test.name == wanted.toStdString(); }))
            name = wanted;
    }
    tests.push_back(flowtest::recorded(*m_rehearsal, name.toStdString(), m_began, m_inputs));
    m_document.setTests(std::move(tests));
    Q_EMIT testSaved(name);
}

void Simulator::append(TranscriptKind kind, TranscriptSide side, const QString& words, const Line& line) {
    auto* item = new QStandardItem;
    item->setData(int(kind), widgets::KindRole);
    item->setData(int(side), widgets::SideRole);
    item->setData(words, widgets::TextRole);
    item->setData(words, Qt::AccessibleTextRole);
    item->setData(m_epoch.addMSecs(line.at.count()), widgets::TimeRole);
    item->setData(-1, widgets::ProgressRole);
    m_lines->appendRow(item);
}

void Simulator::tellLines() {
    const auto system = [this](const QString& words, const Line& line) {
        append(TranscriptKind::System, TranscriptSide::Flow, words, line);
    };
    const auto& lines = m_rehearsal->lines();
    for (; m_shown < lines.size(); ++m_shown) {
        const Line& line = lines[m_shown];
        switch (line.who) {
        case Line::Who::Entered:
            break; // the canvas shows it
        case Line::Who::Flow:
            append(TranscriptKind::Text, TranscriptSide::Flow,
                   line.sound.source == flow::Sound::Source::None ? text(line.text)
                                                                  : soundName(line.sound, m_document.choices()),
                   line);
            break;
        case Line::Who::Customer:
            append(TranscriptKind::Text, TranscriptSide::Customer, text(line.text), line);
            break;
        case Line::Who::Agent:
            append(TranscriptKind::Text, TranscriptSide::Agent, text(line.text), line);
            break;
        case Line::Who::Waited:
            system(tr("Time passes: %1").arg(duration(line.at)), line);
            break;
        case Line::Who::Queued:
            system(tr("Waits in the queue, %1 ahead").arg(text(line.text)), line);
            break;
        case Line::Who::Served:
            system(tr("Agent no. %1 answers").arg(text(line.text)), line);
            break;
        case Line::Who::Failed:
            system(tr("Nobody can answer"), line);
            break;
        case Line::Who::Music:
            system(tr("Music"), line);
            break;
        case Line::Who::Ended:
            system(tr("The session has ended"), line);
            break;
        }
    }
}

void Simulator::tell() {
    if (m_rehearsal)
        tellLines();
    tellControls();
    if (!m_rehearsal)
        return;
    std::optional<flow::Edge> edge;
    for (const Line& line : m_rehearsal->lines())
        if (line.who == Line::Who::Entered)
            edge = line.from ? std::optional(flow::Edge{line.from, line.port, line.node}) : std::nullopt;
    Q_EMIT stands(m_rehearsal->node(), edge);
}

void Simulator::tellControls() {
    const bool running = m_rehearsal.has_value();
    const Stage stage = running ? m_rehearsal->stage() : Stage::Ended;
    const auto due = running ? m_rehearsal->deadline() : std::nullopt;
    const bool phone = m_document.graph().mode == flow::Mode::Phone;
    QString words;
    if (!running)
        words = m_problem;
    else if (stage == Stage::Reply)
        words = tr("Waits for the customer to write.");
    else if (stage == Stage::Key)
        words = tr("Waits for a key.");
    else if (stage == Stage::Queued)
        words = tr("Waits for an agent.");
    else if (stage == Stage::Served)
        words = phone ? tr("Talks with an agent.") : tr("Is with an agent.");
    else
        words = tr("Ended after %1.").arg(duration(m_rehearsal->now()));
    m_state->setText(words);
    m_text->setEnabled(running && stage != Stage::Ended);
    m_keys->setEnabled(running && stage != Stage::Ended);
    m_wait->setText(due ? tr("Let %1 pass").arg(duration(*due - m_rehearsal->now())) : tr("Let time pass"));
    m_wait->setEnabled(due.has_value());
    m_answer->setVisible(stage != Stage::Served || phone);
    m_answer->setEnabled(running && stage == Stage::Queued && m_rehearsal->agents() != Agents::Nobody);
    m_agentWrites->setVisible(stage == Stage::Served && !phone);
    m_agentEnds->setEnabled(running && stage == Stage::Served);
    m_leave->setEnabled(running && stage != Stage::Ended);
    m_save->setEnabled(running && !m_document.areTestsReadOnly() && m_document.tests().size() < flowtest::kMaxTests);
    if (running) {
        const QSignalBlocker quiet(m_agents);
        m_agents->setCurrent(int(m_rehearsal->agents()));
    }
}

} // namespace cb::floweditor
