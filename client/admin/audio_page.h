#pragma once

#include "client/admin/list_page.h"

#include <QtCore/QElapsedTimer>

namespace cb::widgets {
class PlayerBar;
}

namespace cb::admin {

class AudioSource;

/// Audio（音频管理）that IVRs play: upload or record, listen, rename, save, delete; what the operator says of it.
class AudioPage : public ListPage {
    Q_OBJECT
public:
    explicit AudioPage(const Context& context, QWidget* parent = nullptr);

protected:
    void fill() override;
    void retranslate() override;

private:
    void tellWords();
    void tellHead();
    widgets::TableCell cell(int row, int column) const;
    bool passes(int row, const QString& text) const;
    void add();
    Form* makeNew();
    void open(int row, bool listen = false);
    Form* makeForm(const wire::AudioRow& audio, bool listen);
    void addPlayer(Form& form, const wire::AudioRow& audio, bool listen);
    void fetch(model::AudioId id);
    void upload();
    void tellUpload(int percent);
    void rename(const wire::AudioRow& audio);
    void save(const wire::AudioRow& audio);
    void askDelete(int row);

    std::vector<wire::AudioRow> m_rows;
    widgets::TextField* m_name = nullptr; ///< of the form that is open
    AudioSource* m_source = nullptr;      ///< likewise
    widgets::PlayerBar* m_player = nullptr;
    QPointer<api::Transfer> m_upload;
    QString m_uploaded; ///< name of what is on its way
    qint64 m_bytes = 0; ///< likewise
    QElapsedTimer m_since;
};

} // namespace cb::admin
