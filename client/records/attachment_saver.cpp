#include "client/records/attachment_saver.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QFileDialog>

namespace cb::records {

namespace {

using Grade = widgets::Strip::Grade;

QString inWords(const char* text) {
    return QCoreApplication::translate("Records", text);
}

void copyTo(const QString& target, const QString& path, const Tell& tell) {
    QFile source(path);
    QSaveFile copy(target); // what stood there before stays until all of it is written
    const bool read = source.open(QIODevice::ReadOnly) && copy.open(QIODevice::WriteOnly);
    const QByteArray bytes = read ? source.readAll() : QByteArray();
    if (read && copy.write(bytes) == bytes.size() && copy.commit())
        tell(Grade::Info, inWords(QT_TRANSLATE_NOOP("Records", "Saved as %1")).arg(QFileInfo(target).fileName()));
    else
        tell(Grade::Error,
             inWords(QT_TRANSLATE_NOOP("Records", "The file could not be written there. Choose another folder.")));
}

} // namespace

void saveAttachment(state::AgentAccount& account, const model::Attachment& attachment, QWidget* parent,
                    const Tell& tell) {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto* dialog = new QFileDialog(parent, inWords(QT_TRANSLATE_NOOP("Records", "Save as")), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(bridge::toQt(attachment.name)).fileName());
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [&account, attachment, parent, tell](const QString& to) {
                         account.commands().fetch(attachment, parent, [to, tell](const base::Result<QString>& path) {
                             if (path)
                                 copyTo(to, *path, tell);
                             else
                                 tell(Grade::Error, bridge::errorText(path.error()));
                         });
                     });
    dialog->open();
}

} // namespace cb::records
