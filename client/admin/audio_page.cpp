#include "client/admin/audio_page.h"

#include "client/admin/audio_source.h"
#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/widgets/controls/format.h"
#include "client/widgets/overlay/progress_dialog.h"
#include "client/widgets/sound/player_bar.h"
#include "client/widgets/sound/sound_decoder.h"

#include <QtCore/QBuffer>
#include <QtCore/QLocale>
#include <QtCore/QSaveFile>
#include <QtWidgets/QFileDialog>

#include <algorithm>

namespace cb::admin {

using widgets::Glyph;
using widgets::Strip;

namespace {

enum Column { NameColumn, StateColumn, LengthColumn, SizeColumn, TimeColumn, FlowsColumn };

constexpr int kMaxName = 60;

QString lengthOf(const wire::AudioRow& audio) {
    return widgets::formatElapsed((audio.millis + 500) / 1'000);
}

QString flowsOf(const wire::AudioRow& audio) {
    QStringList names;
    for (const auto& name : audio.flows)
        names << bridge::toQt(name);
    return QLocale().createSeparatedList(names);
}

} // namespace

AudioPage::AudioPage(const Context& context, QWidget* parent)
    : ListPage(context, parent) {
    auto& view = table()->view();
    view.table().setColumns(
        {{QStringLiteral("name"), {}, 220},
         {QStringLiteral("state"), {}, 150},
         {QStringLiteral("length"), {}, 90, true},
         {QStringLiteral("size"), {}, 90, true},
         {QStringLiteral("time"), {}, 150},
         {QStringLiteral("flows"), {}, 200}},
        [this](int row, int column) { return cell(row, column); },
        [this](int row) { return qint64(m_rows[std::size_t(row)].id.value); });
    view.remember(this->context().store, QStringLiteral("audio"));
    setFileName(QStringLiteral("audio"));
    connect(head()->button(), &QAbstractButton::clicked, this, &AudioPage::add);
    connect(table(), &widgets::DataTable::makeWanted, this, &AudioPage::add);
    connect(&view, &widgets::TableView::opened, this, [this](int row) { open(row); });
    connect(&view, &widgets::TableView::actionTriggered, this, [this](const QString& id, int row) {
        if (id == QLatin1String("listen"))
            open(row, true);
        else if (id == QLatin1String("edit"))
            open(row);
        else if (id == QLatin1String("save"))
            save(m_rows[std::size_t(row)]);
        else
            askDelete(row);
    });
    connect(search(), &QLineEdit::textChanged, this, [this](const QString& text) {
        table()->setPasses([this, text = text.trimmed()](int row) { return passes(row, text); });
    });
    connect(strip(), &Strip::actionTriggered, this, [this] {
        if (m_upload)
            m_upload->cancel();
    });
    AudioPage::tellWords();
    use({&admin().audio()});
}

void AudioPage::retranslate() {
    ListPage::retranslate();
    tellWords();
    if (m_upload)
        tellUpload(m_upload->percent());
    table()->view().viewport()->update();
}

void AudioPage::tellHead() {
    const bool review = admin().audio().value().review;
    head()->tell(tr("Audio"),
                 review ? tr("What IVRs play to callers. The operator listens to each file before it can be used.")
                        : tr("What IVRs play to callers: greetings, menus, announcements, music."),
                 tr("Add audio"));
}

void AudioPage::tellWords() {
    tellHead();
    table()->setEmpty(Glyph::Music,
                      tr("IVRs can speak texts by themselves. Where a real voice or music is wanted, add a wav or mp3 "
                         "file, or record it here."),
                      tr("Add audio"));
    table()->table().setTitles({tr("Name"), tr("State"), tr("Length"), tr("Size"), tr("Added"), tr("Used by IVRs")});
    table()->view().setActions(
        {{QStringLiteral("listen"), Glyph::Play, tr("Listen"), {}, {}},
         {QStringLiteral("edit"), Glyph::Pencil, tr("Rename"), {}, {}},
         {QStringLiteral("save"), Glyph::Download, tr("Save as a file…"), {}, {}},
         {QStringLiteral("delete"), Glyph::Trash2, tr("Delete…"), QKeySequence(Qt::Key_Delete), {}}});
}

void AudioPage::fill() {
    m_rows = admin().audio().value().audio;
    table()->showRows(int(m_rows.size()));
    tellHead(); // whether the operator listens first is known now
}

bool AudioPage::passes(int row, const QString& text) const {
    const auto& audio = m_rows[std::size_t(row)];
    return bridge::toQt(audio.name).contains(text, Qt::CaseInsensitive) ||
           flowsOf(audio).contains(text, Qt::CaseInsensitive);
}

widgets::TableCell AudioPage::cell(int row, int column) const {
    const auto& audio = m_rows[std::size_t(row)];
    switch (column) {
    case NameColumn:
        return {bridge::toQt(audio.name)};
    case StateColumn:
        switch (audio.state) {
        case model::AudioState::Approved:
            return {tr("can be used"), {}, {}, widgets::Tone::Normal, widgets::StatusTone::Idle};
        case model::AudioState::Unreviewed:
            return {tr("waits for review"),
                    {},
                    tr("The operator has not listened to it yet."),
                    widgets::Tone::Normal,
                    widgets::StatusTone::WrapUp};
        case model::AudioState::Rejected:
            return {tr("rejected"),
                    {},
                    tr("The operator does not allow it: no IVR can use it."),
                    widgets::Tone::Normal,
                    widgets::StatusTone::Busy};
        }
        return {};
    case LengthColumn:
        return {lengthOf(audio), qint64(audio.millis)};
    case SizeColumn:
        return {widgets::formatBytes(audio.bytes), qint64(audio.bytes)};
    case TimeColumn:
        return timeCell(audio.createdAt, context().account.workbench().serverNow());
    default:
        return {flowsOf(audio)};
    }
}

// ---- a new one ----------------------------------------------------------------------------------------------------

void AudioPage::add() {
    edit(
        tr("New audio"), tr("Upload"), [this] { return makeNew(); }, [this](Form&) { upload(); });
}

Form* AudioPage::makeNew() {
    auto* form = new Form;
    m_player = nullptr;
    m_name = form->addText(QStringLiteral("name"), tr("Name"), {}, kMaxName);
    m_source = new AudioSource;
    form->add(m_source);
    if (admin().audio().value().review)
        form->addNote(tr("The operator listens to it before IVRs can use it."));
    connect(m_source, &AudioSource::changed, form, [this] {
        if (m_name->text().trimmed().isEmpty() && !m_source->name().isEmpty())
            m_name->setText(m_source->name().left(kMaxName));
        drawer()->setEdited(!m_source->bytes().isEmpty() || !m_name->text().trimmed().isEmpty());
    });
    return form;
}

void AudioPage::upload() {
    const QString name = m_name->text().trimmed();
    const QByteArray bytes = m_source->bytes();
    if (bytes.isEmpty())
        m_source->setError(tr("Choose a file or record something first."));
    if (name.isEmpty())
        m_name->setError(bridge::fieldText("required"));
    if (name.isEmpty() || bytes.isEmpty())
        return;
    drawer()->setRefusal({});
    drawer()->setBusy(true);
    auto file = std::make_unique<QBuffer>();
    file->setData(bytes);
    file->open(QIODevice::ReadOnly);
    const auto then =
        saved<wire::AudioRow>({&admin().audio()}, admin().audio().value().review
                                                      ? tr("%1 is here, and waits for the operator's review.").arg(name)
                                                      : tr("%1 is added.").arg(name));
    m_upload = admin().client().uploadAudio(name, std::move(file), this,
                                            [this, then](const base::Result<wire::AudioRow>& row) {
                                                m_upload = nullptr;
                                                strip()->hide();
                                                if (!row && row.error().code == "cancelled")
                                                    drawer()->setBusy(false); // what was chosen stays
                                                else
                                                    then(row);
                                            });
    m_uploaded = name;
    m_bytes = bytes.size();
    m_since.start();
    tellUpload(0);
    connect(m_upload, &api::Transfer::progressed, this, &AudioPage::tellUpload);
}

void AudioPage::tellUpload(int percent) {
    QString text = percent < 100 ? tr("Uploading “%1”: %2 of %3 (%4 %)")
                                       .arg(m_uploaded, widgets::formatBytes(m_bytes * percent / 100),
                                            widgets::formatBytes(m_bytes), QString::number(percent))
                                 : tr("“%1” is there; the server listens to it.").arg(m_uploaded);
    if (const QString left = widgets::timeLeft(percent, 100, m_since.elapsed()); !left.isEmpty())
        text += QStringLiteral(" · ") + left;
    strip()->tell(Strip::Grade::Info, text, tr("Cancel"));
}

// ---- one that is there --------------------------------------------------------------------------------------------

void AudioPage::open(int row, bool listen) {
    const auto audio = m_rows[std::size_t(row)];
    edit(
        bridge::toQt(audio.name), tr("Save"), [this, audio, listen] { return makeForm(audio, listen); },
        [this, audio](Form&) { rename(audio); });
}

Form* AudioPage::makeForm(const wire::AudioRow& audio, bool listen) {
    auto* form = new Form;
    m_source = nullptr;
    m_name = form->addText(QStringLiteral("name"), tr("Name"), bridge::toQt(audio.name), kMaxName);
    addPlayer(*form, audio, listen);
    std::vector<widgets::FactList::Fact> facts{
        {tr("Length"), lengthOf(audio)},
        {tr("File"), tr("%1, %2").arg(bridge::toQt(audio.format), widgets::formatBytes(audio.bytes))}};
    if (!audio.flows.empty())
        facts.push_back({tr("Used by IVRs"), flowsOf(audio)});
    form->addFacts(facts);
    form->addNote(tr("You hear it as callers do: 8 kHz, one channel. The file is kept as it was uploaded."));
    auto* file = new widgets::Button(tr("Save as a file…"), Glyph::Download);
    file->setSmall(true);
    form->add(file);
    connect(file, &QAbstractButton::clicked, form, [this, audio] { save(audio); });
    return form;
}

void AudioPage::addPlayer(Form& form, const wire::AudioRow& audio, bool listen) {
    m_player = new widgets::PlayerBar;
    m_player->setVolumeShown(false);
    m_player->setAwaited(audio.millis);
    form.add(m_player);
    connect(m_player, &widgets::PlayerBar::wanted, this, [this, id = audio.id] { fetch(id); });
    if (listen)
        m_player->want();
}

void AudioPage::fetch(model::AudioId id) {
    m_player->setLoading();
    const QPointer<widgets::PlayerBar> player = m_player;
    const auto* transfer = admin().client().hearAudio(id, m_player, [player](const base::Result<QByteArray>& file) {
        if (!file)
            return player->setTrouble(bridge::errorText(file.error()));
        widgets::decodeSound(*file, player, [player](std::optional<widgets::Pcm> pcm) {
            if (pcm)
                player->setSound(std::move(*pcm));
            else
                player->setTrouble(bridge::errorText(base::rejected("sound_unplayable")));
        });
    });
    connect(transfer, &api::Transfer::progressed, m_player, &widgets::PlayerBar::setLoading);
}

void AudioPage::rename(const wire::AudioRow& audio) {
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        return m_name->setError(bridge::fieldText("required"));
    drawer()->setRefusal({});
    drawer()->setBusy(true);
    admin().client().renameAudio(audio.id, {bridge::toStd(name)}, this,
                                 saved<wire::AudioRow>({&admin().audio()}, tr("Saved.")));
}

void AudioPage::save(const wire::AudioRow& audio) {
    const QString ending = bridge::toQt(audio.format);
    auto* dialog = new QFileDialog(this, tr("Save as"), bridge::toQt(audio.name) + u'.' + ending,
                                   tr("Audio files (*.%1)").arg(ending));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    connect(dialog, &QFileDialog::fileSelected, this, [this, id = audio.id](const QString& path) {
        const auto then = done<void>({}, tr("Written to %1.").arg(path));
        auto file = std::make_unique<QSaveFile>(path);
        if (!file->open(QIODevice::WriteOnly))
            return then(base::with(base::rejected("file_unwritable"), "reason", bridge::toStd(file->errorString())));
        admin().client().saveAudio(id, std::move(file), this, then);
    });
    dialog->open();
}

void AudioPage::askDelete(int row) {
    const auto audio = m_rows[std::size_t(row)];
    const QString name = bridge::toQt(audio.name);
    confirm(tr("Delete the audio “%1”?").arg(name),
            tr("The file is gone for good. It cannot be deleted while a published IVR uses it."), tr("Delete"),
            [this, id = audio.id, name] {
                admin().client().removeAudio(id, this, done<void>({&admin().audio()}, tr("%1 is deleted.").arg(name)));
            });
}

} // namespace cb::admin
