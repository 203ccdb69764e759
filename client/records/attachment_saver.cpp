#include "client/records/attachment_saver.h"

#include "client/bridge/convert.h"
#include "client/bridge/error_text.h"
#include "client/state/beside.h"

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

constexpr qint64 kPiece = 1024 * 1024;

/// What stood there before stays until all of it is written.
bool copied(const QString& target, const QString& path) {
    QFile source(path);
    QSaveFile copy(target);
    if (!source.open(QIODevice::ReadOnly) || !copy.open(QIODevice::WriteOnly))
        return false;
    while (!source.atEnd()) {
        const QByteArray piece = source.read(kPiece);
        if (piece.isEmpty() || copy.write(piece) != piece.size())
            return false;
    }
    return copy.commit();
}

void copyTo(const QString& target, const QString& path, QWidget* parent, const Tell& tell) {
    state::beside(
        parent, [target, path] { return copied(target, path); },
        [target, tell](bool done) {
            if (done)
                tell(Grade::Info,
                     inWords(QT_TRANSLATE_NOOP("Records", "Saved as %1")).arg(QFileInfo(target).fileName()));
            else
                tell(Grade::Error, inWords(QT_TRANSLATE_NOOP(
                                       "Records", "The file could not be written there. Choose another folder.")));
        });
}

} // namespace

void saveAttachment(state::AgentAccount& account, const model::Attachment& attachment, QWidget* parent,
                    const Tell& tell) {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto* dialog = new QFileDialog(parent, inWords(QT_TRANSLATE_NOOP("Records", "Save as")), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(bridge::toQt(attachment.name)).fileName());
    QObject::connect(
        dialog, &QFileDialog::fileSelected, parent, [&account, attachment, parent, tell](const QString& to) {
            account.commands().fetch(attachment, parent, [to, parent, tell](const base::Result<QString>& path) {
                if (path)
                    copyTo(to, *path, parent, tell);
                else
                    tell(Grade::Error, bridge::errorText(path.error()));
            });
        });
    dialog->open();
}

} // namespace cb::records
