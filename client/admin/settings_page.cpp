#include "client/admin/settings_page.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/widgets/overlay/dialog.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QShowEvent>

namespace cb::admin {

using widgets::Button;
using widgets::Strip;

namespace {

constexpr int kFormWidth = 520;
constexpr std::int64_t kMiB = 1024 * 1024;

} // namespace

SettingsPage::SettingsPage(const Context& context, Part part, QWidget* parent)
    : Ground(Kind::Window, parent)
    , m_context(context)
    , m_part(part)
    , m_head(new widgets::PageHead)
    , m_strip(new Strip)
    , m_pages(new QStackedWidget)
    , m_wait(new widgets::EmptyState(widgets::Glyph::LoaderCircle, {}, QStringLiteral(" ")))
    , m_column(new widgets::ScrollColumn)
    , m_discard(new Button({}))
    , m_save(new Button({}, Button::Kind::Primary)) {
    m_column->setSpace(5, 3, 3);
    m_strip->setClosable(true);
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_column, 1);
    column->addWidget(new widgets::Separator);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(look().grid(5), look().grid(3), look().grid(5), look().grid(3));
    foot->setSpacing(look().grid(2));
    foot->addWidget(m_save);
    foot->addWidget(m_discard);
    foot->addStretch(1);
    column->addLayout(foot);
    m_pages->addWidget(m_wait);
    m_pages->addWidget(inside);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(m_head);
    whole->addWidget(m_strip);
    whole->addWidget(new widgets::Separator);
    whole->addWidget(m_pages, 1);
    auto& settings = m_context.admin().settings();
    connect(&settings, &state::Loaded::changed, this, &SettingsPage::refresh);
    connect(&settings, &state::Loaded::outdated, this, [this, &settings] {
        if (isVisible())
            settings.load();
    });
    connect(m_wait, &widgets::EmptyState::triggered, &settings, &state::Loaded::load);
    connect(m_save, &QAbstractButton::clicked, this, &SettingsPage::save);
    connect(m_discard, &QAbstractButton::clicked, this, &SettingsPage::build);
    SettingsPage::retranslate();
}

void SettingsPage::retranslate() {
    const QString title = m_part == Part::Routing ? tr("Routing and retention") : tr("Settings");
    const QString sentence = m_part == Part::Chat       ? tr("How long a chat rings at an agent.")
                             : m_part == Part::AllMedia ? tr("How long an all-media session rings at an agent.")
                             : m_part == Part::Phone
                                 ? tr("How long a call rings, who gets it, and what an agent does after it.")
                                 : tr("What holds for every way in, and how long things are kept.");
    m_head->tell(title, sentence);
    m_save->setText(tr("Save"));
    m_discard->setText(tr("Discard"));
    if (m_context.admin().settings().isThere() && !isEdited())
        build();
    else
        refresh();
}

void SettingsPage::showEvent(QShowEvent* event) {
    Ground::showEvent(event);
    if (!event->spontaneous())
        m_context.admin().settings().load();
}

void SettingsPage::refresh() {
    const auto& settings = m_context.admin().settings();
    m_wait->button()->setVisible(settings.error().has_value());
    m_wait->button()->setText(tr("Try again"));
    m_wait->setGlyph(settings.error() ? widgets::Glyph::TriangleAlert : widgets::Glyph::LoaderCircle);
    m_wait->setSentence(settings.error() ? QStringLiteral("%1 (%2)").arg(bridge::errorText(*settings.error()),
                                                                         bridge::errorCode(*settings.error()))
                                         : tr("Loading…"));
    m_pages->setCurrentIndex(settings.isThere() ? 1 : 0);
    if (settings.isThere() && !isEdited()) // what is being edited stays
        build();
}

void SettingsPage::build() {
    delete m_form;
    m_form = new Form;
    m_form->setMaximumWidth(look().px(kFormWidth));
    m_strip->hide();
    if (m_part == Part::Phone)
        buildPhone();
    else if (m_part == Part::Routing)
        buildRouting();
    else
        buildText();
    m_column->body()->addWidget(m_form);
    connect(m_form, &Form::changed, this, &SettingsPage::tellButtons);
    tellButtons();
}

NumberField* SettingsPage::bound(QCheckBox* check, NumberField* number) {
    number->setEnabled(check->isChecked());
    connect(check, &QCheckBox::toggled, number, &QWidget::setEnabled);
    return number;
}

/// Chat and all-media: the same setting, one for each.
void SettingsPage::buildText() {
    using Settings = model::InstanceSettings;
    const auto& now = m_context.admin().settings().value().settings;
    const bool chat = m_part == Part::Chat;
    const auto limited = chat ? &Settings::chatAnswerTimeout : &Settings::allMediaAnswerTimeout;
    const auto time = chat ? &Settings::chatAnswerSeconds : &Settings::allMediaAnswerSeconds;
    const auto field =
        chat ? QStringLiteral("settings.chat_answer_seconds") : QStringLiteral("settings.all_media_answer_seconds");
    auto* on = m_form->addCheck(tr("Offer it to another agent when nobody answers"), now.*limited);
    auto* seconds = bound(on, m_form->addNumber(field, tr("It rings for"), now.*time, 1, 90, tr("s")));
    m_form->addNote(
        tr("Who does not answer in time is taken to be away and put on a break. Switched off, it rings until "
           "the customer leaves."));
    m_read = [on, seconds, limited, time](Settings& settings) {
        settings.*limited = on->isChecked();
        settings.*time = seconds->box()->value();
    };
}

void SettingsPage::buildPhone() {
    const auto& now = m_context.admin().settings().value().settings;
    auto* on = m_form->addCheck(tr("Offer a call to another agent when nobody answers"), now.phoneAnswerTimeout);
    auto* seconds = bound(on, m_form->addNumber(QStringLiteral("settings.phone_answer_seconds"), tr("It rings for"),
                                                now.phoneAnswerSeconds, 1, 90, tr("s")));
    auto* recovers = m_form->addCheck(tr("Back to idle by itself after a call"), now.phoneRecovery);
    auto* recovery =
        bound(recovers, m_form->addNumber(QStringLiteral("settings.phone_recovery_seconds"), tr("After hanging up"),
                                          now.phoneRecoverySeconds, 1, 90, tr("s")));
    m_form->addNote(tr("Switched off, an agent stays busy until they click."));
    auto* priority = m_form->addSelect(
        {}, tr("A call goes to"),
        {{tr("who has been idle longest"), false}, {tr("who has answered the fewest calls today"), true}},
        now.phoneFewestCalls);
    auto* last = m_form->addCheck(tr("First to the agent whom this caller talked to last"), now.phoneLastAgentFirst);
    m_form->addNote(tr("If they are free; nobody waits for them."));
    m_read = [=](model::InstanceSettings& settings) {
        settings.phoneAnswerTimeout = on->isChecked();
        settings.phoneAnswerSeconds = seconds->box()->value();
        settings.phoneRecovery = recovers->isChecked();
        settings.phoneRecoverySeconds = recovery->box()->value();
        settings.phoneFewestCalls = priority->box()->currentData().toBool();
        settings.phoneLastAgentFirst = last->isChecked();
    };
}

void SettingsPage::buildRouting() {
    const auto& form = m_context.admin().settings().value();
    const auto& now = form.settings;
    m_form->addFacts({{tr("Call centre"), bridge::toQt(form.name)}, {tr("Time zone"), bridge::toQt(form.timeZone)}});
    m_form->addTitle(tr("ROUTING"));
    auto* blending = m_form->addCheck(tr("An agent with open chats may be offered a call"), now.blending);
    m_form->addNote(tr("During the call the chats stay open, and no new ones come. Switched off, calls go to agents "
                       "without chats only."));
    auto* wrapUp =
        m_form->addNumber(QStringLiteral("settings.wrap_up_seconds"), tr("A chat completes itself after its end in"),
                          now.wrapUpSeconds, 1, 3'600, tr("s"));
    auto* level = m_form->addNumber(QStringLiteral("settings.service_level_seconds"),
                                    tr("Service level: answered within"), now.serviceLevelSeconds, 1, 3'600, tr("s"));
    m_form->addTitle(tr("RETENTION"));
    auto* days =
        m_form->addNumber(QStringLiteral("settings.retention_days"),
                          tr("Conversations, files and records are kept for"), now.retentionDays, 1, 3'650, tr("days"));
    days->setHint(tr("What is older is deleted for good."));
    m_form->addTitle(tr("ATTACHMENTS"));
    auto* picture = m_form->addNumber(QStringLiteral("settings.picture_bytes"), tr("A picture may have"),
                                      int(std::max<std::int64_t>(1, now.pictureBytes / kMiB)), 1, 100, tr("MB"));
    auto* file = m_form->addNumber(QStringLiteral("settings.file_bytes"), tr("A file may have"),
                                   int(std::max<std::int64_t>(1, now.fileBytes / kMiB)), 1, 500, tr("MB"));
    m_read = [=](model::InstanceSettings& settings) {
        settings.blending = blending->isChecked();
        settings.wrapUpSeconds = wrapUp->box()->value();
        settings.serviceLevelSeconds = level->box()->value();
        settings.retentionDays = days->box()->value();
        settings.pictureBytes = picture->box()->value() * kMiB;
        settings.fileBytes = file->box()->value() * kMiB;
    };
}

void SettingsPage::tellButtons() {
    const bool edited = isEdited();
    m_save->setEnabled(edited);
    m_discard->setEnabled(edited);
}

void SettingsPage::save() {
    auto form = m_context.admin().settings().value();
    m_read(form.settings);
    m_save->setBusy(true);
    m_form->setEnabled(false);
    const auto answered = [this](const base::Result<void>& answer) {
        m_save->setBusy(false);
        m_form->setEnabled(true);
        if (answer) {
            m_form->setSaved();
            tellButtons();
            m_strip->hide();
            return m_context.tell(Strip::Grade::Info, tr("Saved."));
        }
        if (!m_form->showError(answer.error()))
            m_strip->tell(Strip::Grade::Error, QStringLiteral("%1 (%2)").arg(bridge::errorText(answer.error()),
                                                                             bridge::errorCode(answer.error())));
    };
    m_context.admin().client().saveSettings(form, this,
                                            m_context.admin().after<void>({&m_context.admin().settings()}, answered));
}

void SettingsPage::leave(std::function<void()> go) {
    if (!isEdited())
        return go();
    auto* ask = new widgets::ConfirmDialog(tr("Discard the changes?"),
                                           tr("What you have changed here is not saved yet."), tr("Discard"), this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    connect(ask, &QDialog::accepted, this, [this, go = std::move(go)] {
        build();
        go();
    });
    ask->open();
}

void SettingsPage::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Save) && m_save->isEnabled() && !m_save->isBusy())
        return save();
    Ground::keyPressEvent(event);
}

} // namespace cb::admin
