#include "client/admin/bulk_dialog.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/bridge/words.h"
#include "client/state/beside.h"

#include <QtCore/QFile>
#include <QtCore/QLocale>
#include <QtCore/QSaveFile>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>

#include <algorithm>

namespace cb::admin {

using sheet::Column;
using widgets::Button;
using widgets::Strip;

namespace {

enum PreviewColumn { LineColumn, TroubleColumn, FirstFieldColumn };

/// Beside the GUI thread.
base::Result<std::vector<sheet::AgentLine>> readAgents(const QString& path, const sheet::Vocabulary& words) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::with(base::rejected("file_unreadable"), "reason", bridge::toStd(file.errorString()));
    const QByteArray bytes = file.read(qint64(sheet::kMaxFile) + 1);
    const auto rows = sheet::read(bridge::view(bytes));
    return rows ? sheet::agentsOf(*rows, words) : rows.error();
}

} // namespace

BulkDialog::BulkDialog(const Context& context, QWidget* parent)
    : Dialog({}, parent)
    , m_context(context)
    , m_pages(new QStackedWidget)
    , m_strip(new Strip)
    , m_what(new widgets::Label)
    , m_template(new Button({}, widgets::Glyph::Download))
    , m_csv(new Button({}, widgets::Glyph::Download))
    , m_file(new Button({}, widgets::Glyph::Upload, Button::Kind::Primary))
    , m_table(new widgets::DataTable)
    , m_onlyBad(new QCheckBox)
    , m_other(nullptr)
    , m_add(nullptr)
    , m_close(nullptr) {
    m_pages->addWidget(makeStart());
    m_pages->addWidget(makePreview());
    body()->addWidget(m_strip);
    body()->addWidget(m_pages, 1);
    m_other = addButton({}, Button::Kind::Secondary);
    m_close = addButton({}, Button::Kind::Secondary);
    m_add = addButton({}, Button::Kind::Primary);
    connect(m_template, &QAbstractButton::clicked, this, [this] { saveTemplate(true); });
    connect(m_csv, &QAbstractButton::clicked, this, [this] { saveTemplate(false); });
    connect(m_file, &QAbstractButton::clicked, this, &BulkDialog::chooseFile);
    connect(m_other, &QAbstractButton::clicked, this, &BulkDialog::chooseFile);
    connect(m_close, &QAbstractButton::clicked, this, &BulkDialog::reject);
    connect(m_add, &QAbstractButton::clicked, this, &BulkDialog::add);
    connect(m_onlyBad, &QCheckBox::toggled, this, &BulkDialog::showPreview);
    BulkDialog::retranslate();
    m_file->setFocus();
    const QSize room = parent->window()->size();
    resize(QSize(look().px(900), look().px(560)).boundedTo(room - QSize(look().grid(10), look().grid(10))));
}

QWidget* BulkDialog::makeStart() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(look().grid(4));
    m_what->setWordWrap(true);
    m_what->setMinimumWidth(1);
    column->addWidget(m_what);
    auto* row = new QHBoxLayout;
    row->setSpacing(look().grid(2));
    row->addWidget(m_template);
    row->addWidget(m_csv);
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(m_file, 0, Qt::AlignLeft);
    column->addStretch(1);
    return page;
}

QWidget* BulkDialog::makePreview() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(look().grid(2));
    column->addWidget(m_onlyBad);
    column->addWidget(m_table, 1);
    auto& view = m_table->view();
    std::vector<widgets::TableColumn> columns{{QStringLiteral("line"), {}, 60, true},
                                              {QStringLiteral("trouble"), {}, 280}};
    for (int i = 0; i < sheet::kColumns; ++i)
        columns.push_back({bridge::toQt(sheet::fieldOf(Column(i))), {}, i == int(Column::Email) ? 180 : 110});
    view.table().setColumns(
        columns, [this](int row, int at) { return cell(row, at); }, [](int row) { return row; });
    view.remember(m_context.store, QStringLiteral("bulk-agents"));
    return page;
}

void BulkDialog::retranslate() {
    Dialog::retranslate();
    setHeading(tr("Add many agents"));
    m_what->setText(
        tr("1. Download the template and fill it in, one agent a line: name, staff number and e-mail address "
           "are needed. The staff number is text, 000010 keeps its zeros.\n"
           "2. Choose the filled-in file. You see what is in it, with what is wrong in each line, before "
           "anything is added."));
    m_template->setText(tr("Template for Excel (.xlsx)"));
    m_csv->setText(tr("Template as text (.csv)"));
    m_file->setText(tr("Choose the filled-in file…"));
    m_other->setText(tr("Another file…"));
    m_onlyBad->setText(tr("Only lines with something wrong"));
    m_table->setNothingFound(tr("No line has anything wrong."));
    const auto words = templateWords();
    QStringList titles{tr("Line"), tr("What is wrong")};
    for (const auto& title : words.titles)
        titles << bridge::toQt(title).remove(u'*');
    m_table->table().setTitles(titles);
    tell();
}

sheet::TemplateWords BulkDialog::templateWords() const {
    const auto text = [](const QString& words) { return bridge::toStd(words); };
    sheet::TemplateWords words;
    words.sheet = text(tr("Agents"));
    words.titles = {text(tr("Name") + u'*'),   text(tr("Staff number") + u'*'),
                    text(tr("E-mail") + u'*'), text(tr("Nickname")),
                    text(tr("Mobile")),        text(tr("Role")),
                    text(tr("Skill groups"))};
    words.helpSheet = text(tr("Help"));
    words.help = {
        text(tr("One agent a line. Columns with a star must be filled in.")),
        text(tr("Staff number: text, at most 32 characters; 000010 keeps its zeros. It cannot be changed later.")),
        text(tr("E-mail: to sign in with. It cannot be changed later.")),
        text(tr("Nickname: what customers see. Empty: the name.")),
        text(tr("Role: agent or admin. Empty: agent.")),
        text(tr("Skill groups: names, with ; between them. If several have one name, write the kind behind it, as "
                "in Sales (Chat)."))};
    words.roles = {text(bridge::word(model::Role::Agent)), text(bridge::word(model::Role::Admin))};
    return words;
}

/// The words of this language, and those of both templates.
sheet::Vocabulary BulkDialog::vocabulary() const {
    sheet::Vocabulary words;
    words.titles = {{Column::Name, {"Name", "姓名", "名称", "坐席姓名"}},
                    {Column::StaffNo, {"Staff number", "Staff no", "工号"}},
                    {Column::Email, {"E-mail", "Email", "邮箱", "电子邮箱", "邮件地址"}},
                    {Column::Nickname, {"Nickname", "昵称"}},
                    {Column::Mobile, {"Mobile", "手机", "手机号", "手机号码"}},
                    {Column::Role, {"Role", "角色"}},
                    {Column::Groups, {"Skill groups", "Skill group", "技能组", "所属技能组"}}};
    const auto own = templateWords().titles;
    for (int i = 0; i < sheet::kColumns; ++i) {
        std::string title = own[std::size_t(i)];
        std::erase(title, '*');
        auto& names = words.titles[Column(i)];
        names.insert(names.begin(), title); // what an error names
    }
    words.adminWords = {"admin", "管理员", "administrator", bridge::toStd(bridge::word(model::Role::Admin))};
    words.agentWords = {"agent", "坐席", "普通坐席", "客服", bridge::toStd(bridge::word(model::Role::Agent))};
    for (const auto& group : m_context.admin().groups().value().groups) {
        words.groups.emplace(group.name, group.id);
        words.groups.emplace(group.name + " (" + bridge::toStd(bridge::word(group.mode)) + ")", group.id);
        words.groups.emplace(group.name + "（" + bridge::toStd(bridge::word(group.mode)) + "）", group.id);
    }
    return words;
}

void BulkDialog::saveTemplate(bool excel) {
    const QString name = tr("agents") + (excel ? QStringLiteral(".xlsx") : QStringLiteral(".csv"));
    auto* dialog = new QFileDialog(this, tr("Save the template"), name,
                                   excel ? tr("Excel files (*.xlsx)") : tr("CSV files (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(excel ? QStringLiteral("xlsx") : QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, excel](const QString& path) {
        base::Result<void> written;
        if (excel) {
            written = sheet::writeTemplate(QFile::encodeName(path).toStdString(), templateWords());
        } else {
            QSaveFile file(path);
            const auto text = QByteArray::fromStdString(sheet::csvTemplate(templateWords()));
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
                written = base::with(base::rejected("file_unwritable"), "reason", bridge::toStd(file.errorString()));
        }
        if (written)
            m_strip->tell(Strip::Grade::Info, tr("The template is in %1.").arg(path));
        else
            m_strip->tell(Strip::Grade::Error, bridge::errorText(written.error()));
    });
    dialog->open();
}

void BulkDialog::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Choose the filled-in file"), {},
                                   tr("Excel and text files (*.xlsx *.csv *.txt);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &BulkDialog::readFile);
    dialog->open();
}

void BulkDialog::readFile(const QString& path) {
    m_strip->tell(Strip::Grade::Info, tr("Reading %1…").arg(path));
    setReading(true);
    state::beside(
        this,
        [path, words = vocabulary()]() -> std::shared_ptr<Read> {
            return std::make_shared<Read>(readAgents(path, words));
        },
        [this, reading = ++m_reading](const std::shared_ptr<Read>& read) {
            if (reading == m_reading)
                take(std::move(*read));
        });
}

/// Until the file is read and the server has looked at it, no other one comes.
void BulkDialog::setReading(bool reading) {
    m_file->setBusy(reading);
    m_other->setEnabled(!reading);
    if (reading)
        m_add->setEnabled(false);
}

void BulkDialog::take(Read read) {
    if (!read) {
        setReading(false);
        tell();
        m_strip->tell(Strip::Grade::Error,
                      QStringLiteral("%1 (%2)").arg(bridge::errorText(read.error()), bridge::errorCode(read.error())));
        return;
    }
    m_table->showRows(0); // of the file before
    m_lines = std::move(*read);
    m_added = 0;
    check();
}

/// The good lines are still to be sent.
void BulkDialog::queueGood() {
    m_queue.clear();
    for (std::size_t i = m_lines.size(); i > 0; --i)
        if (m_lines[i - 1].isGood())
            m_queue.push_back(i - 1); // taken from the end
    m_wanted = m_queue.size();
}

/// As many lines of the queue as one request takes, into it.
std::vector<std::size_t> BulkDialog::takeBatch(wire::BulkAgents& bulk) {
    std::vector<std::size_t> taken;
    for (; !m_queue.empty() && taken.size() < kBatch; m_queue.pop_back()) {
        taken.push_back(m_queue.back());
        bulk.rows.push_back(m_lines[m_queue.back()].draft);
    }
    return taken;
}

/// What only the server knows: who has an address or a number already. Lines that repeat each other are known here.
void BulkDialog::check() {
    queueGood();
    checkNext();
}

void BulkDialog::checkNext() {
    if (m_queue.empty())
        return showPreview();
    const QLocale locale;
    m_strip->tell(Strip::Grade::Info, tr("The server is looking at the lines: %1 of %2 done…")
                                          .arg(locale.toString(qulonglong(m_wanted - m_queue.size())),
                                               locale.toString(qulonglong(m_wanted))));
    wire::BulkAgents bulk;
    bulk.check = true;
    const auto sent = takeBatch(bulk);
    m_context.admin().client().bulkAgents(bulk, this, [this, sent](const base::Result<wire::BulkResult>& answer) {
        if (answer) {
            takeAnswer(*answer, sent);
            return checkNext();
        }
        showPreview();
        m_strip->tell(Strip::Grade::Error,
                      tr("The server has not looked at all lines yet: %1").arg(bridge::errorText(answer.error())));
    });
}

void BulkDialog::takeAnswer(const wire::BulkResult& answer, const std::vector<std::size_t>& sent) {
    const auto isSent = [&sent](int row) { return row >= 0 && std::size_t(row) < sent.size(); };
    for (const auto& row : answer.bad)
        if (isSent(row.row))
            m_lines[sent[std::size_t(row.row)]].problems.push_back({sheet::columnOfField(row.field), row.code, {}});
    for (const int row : answer.there)
        if (isSent(row))
            m_lines[sent[std::size_t(row)]].there = true;
}

BulkDialog::Counts BulkDialog::counts() const {
    Counts counts;
    for (const auto& line : m_lines)
        ++(!line.problems.empty() ? counts.bad : line.there ? counts.there : counts.good);
    return counts;
}

void BulkDialog::showPreview() {
    m_pages->setCurrentIndex(1);
    setReading(false);
    showRows();
    tell();
}

/// First how many: what passes is asked for each of them at once.
void BulkDialog::showRows() {
    m_table->showRows(int(m_lines.size()));
    m_table->setPasses([this, only = m_onlyBad->isChecked()](int row) {
        return !only || !m_lines[std::size_t(row)].problems.empty();
    });
}

void BulkDialog::tell() {
    const bool preview = m_pages->currentIndex() == 1;
    m_other->setVisible(preview);
    m_add->setVisible(preview);
    const Counts found = counts();
    m_close->setText(found.good == 0 && (m_added > 0 || found.there > 0) ? tr("Close") : tr("Cancel"));
    if (!preview)
        return;
    m_add->setEnabled(found.good > 0);
    m_add->setText(found.bad + found.there == 0
                       ? tr("Add all (%1)").arg(QLocale().toString(qulonglong(found.good)))
                       : tr("Add the good ones (%1)").arg(QLocale().toString(qulonglong(found.good))));
    m_onlyBad->setVisible(found.bad > 0);
    m_strip->tell(found.bad > 0 ? Strip::Grade::Warning : Strip::Grade::Info,
                  (m_added > 0 ? afterwards(found) : beforehand(found)) + skipped(found));
}

QString BulkDialog::skipped(const Counts& found) {
    return found.there == 0
               ? QString()
               : u' ' + tr("There already, and skipped: %1.").arg(QLocale().toString(qulonglong(found.there)));
}

QString BulkDialog::afterwards(const Counts& left) const {
    const QLocale locale;
    const QString added = locale.toString(qulonglong(m_added));
    QString said = left.bad > 0
                       ? tr("%1 agents are added. Lines with something wrong: %2. Mend them in the file and choose it "
                            "again.")
                             .arg(added, locale.toString(qulonglong(left.bad)))
                       : tr("%1 agents are added.").arg(added);
    if (!m_context.admin().agents().value().mailed)
        said += u' ' + tr("No mail server is set up. Ask the operator for the letters with the addresses and the "
                          "passwords (cloudbell-server mail).");
    return said;
}

QString BulkDialog::beforehand(const Counts& found) const {
    const auto number = [](std::size_t count) { return QLocale().toString(qulonglong(count)); };
    if (found.bad > 0)
        return tr("Lines: %1, good ones: %2, with something wrong: %3. Nothing is added yet.")
            .arg(number(m_lines.size()), number(found.good), number(found.bad));
    if (found.good == 0)
        return tr("Lines: %1. There is nothing left to add.").arg(number(m_lines.size()));
    return found.there > 0
               ? tr("Lines: %1, new ones: %2. Nothing is added yet.").arg(number(m_lines.size()), number(found.good))
               : tr("Lines: %1, all good. Nothing is added yet.").arg(number(found.good));
}

widgets::TableCell BulkDialog::cell(int row, int column) const {
    const auto& line = m_lines[std::size_t(row)];
    if (column == LineColumn)
        return {QLocale().toString(line.line), line.line};
    if (column == TroubleColumn) {
        QStringList said;
        for (const auto& problem : line.problems) {
            const QString text = bridge::fieldText(problem.code);
            QString sentence = text.isEmpty() ? bridge::errorText(base::rejected(problem.code)) : text;
            if (!problem.value.empty())
                sentence = tr("%1: %2").arg(bridge::toQt(problem.value), sentence);
            said << sentence;
        }
        if (said.isEmpty())
            return {
                line.there ? tr("There already, skipped") : tr("Good"), line.there ? 2 : 1, {}, widgets::Tone::Muted};
        return {said.join(u' '), 0, said.join(u'\n'), widgets::Tone::Danger};
    }
    const auto field = Column(column - FirstFieldColumn);
    const auto& draft = line.draft;
    const std::string* texts[] = {&draft.name,   &draft.staffNo, &draft.email,   &draft.nickname,
                                  &draft.mobile, &line.roleText, &line.groupText};
    const bool wrong = std::any_of(line.problems.begin(), line.problems.end(),
                                   [field](const sheet::Problem& problem) { return problem.column == field; });
    return {bridge::toQt(*texts[int(field)]), {}, {}, wrong ? widgets::Tone::Danger : widgets::Tone::Normal};
}

void BulkDialog::add() {
    queueGood();
    m_stop = false;
    m_add->setBusy(true);
    m_progress = new widgets::ProgressDialog(tr("Adding agents"), this);
    m_progress->setAttribute(Qt::WA_DeleteOnClose);
    m_progress->setProgress(0, qint64(m_wanted));
    connect(m_progress, &widgets::ProgressDialog::cancelWanted, this, [this] { m_stop = true; });
    m_progress->open();
    addNext();
}

void BulkDialog::addNext() {
    if (m_queue.empty() || m_stop)
        return finish();
    wire::BulkAgents bulk;
    bulk.addGood = true; // what turned bad since the check is told, and the others are added
    const auto sent = takeBatch(bulk);
    m_context.admin().client().bulkAgents(bulk, this, [this, sent](const base::Result<wire::BulkResult>& answer) {
        if (!answer) {
            m_stop = true;
            finish();
            m_strip->tell(Strip::Grade::Error, bridge::errorText(answer.error()));
            return;
        }
        takeAnswer(*answer, sent);
        m_added += std::size_t(std::max(0, answer->added));
        // What is added leaves the list: a second press cannot add it again.
        for (const auto i : sent)
            if (m_lines[i].isGood())
                m_lines[i].line = -1;
        if (m_progress)
            m_progress->setProgress(qint64(m_wanted - m_queue.size()), qint64(m_wanted));
        addNext();
    });
}

void BulkDialog::finish() {
    std::erase_if(m_lines, [](const sheet::AgentLine& line) { return line.line < 0; });
    m_queue.clear();
    if (m_progress)
        m_progress->done(QDialog::Accepted);
    m_add->setBusy(false);
    m_context.admin().agents().setOutdated();
    m_context.admin().groups().setOutdated();
    if (const auto left = counts(); left.good + left.bad == 0) {
        m_context.tell(Strip::Grade::Info, afterwards(left) + skipped(left));
        return accept();
    }
    showPreview();
}

void BulkDialog::reject() {
    if (!m_add->isBusy())
        Dialog::reject();
}

} // namespace cb::admin
