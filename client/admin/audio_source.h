#pragma once

#include "client/widgets/sound/recorder_bar.h"
#include "shared/base/error.h"

#include <QtCore/QByteArray>

namespace cb::admin {

/// Where new audio comes from: a file of this computer, or what is recorded here. It can be heard before it is sent.
class AudioSource : public widgets::Themed<QWidget> {
    Q_OBJECT
public:
    static constexpr qint64 kMostBytes = qint64(5) * 1024 * 1024; ///< spec 2.3

    explicit AudioSource(QWidget* parent = nullptr);

    QByteArray bytes() const;               ///< of a wav or mp3 file; empty: nothing is chosen
    QString name() const { return m_name; } ///< of the file that was chosen, without its ending
    void choose(const QString& path);
    void setError(const QString& sentence);

Q_SIGNALS:
    void changed();

protected:
    void retranslate() override;

private:
    struct Read {
        QByteArray bytes;
        base::Error error; ///< no code: none
    };
    static Read readFile(const QString& path);
    void askFile();
    void take(const Read& read);
    void forget();
    void tell();

    QByteArray m_bytes;
    QString m_name;
    QString m_fileName;
    widgets::Button* m_choose;
    widgets::ElidedLabel* m_file;
    widgets::PlayerBar* m_player;
    widgets::Label* m_or;
    widgets::RecorderBar* m_recorder;
    widgets::Label* m_error;
};

} // namespace cb::admin
