#pragma once

#include <QAbstractListModel>
#include <QString>

#include <vector>

#include "client/widgets/transcript/transcript_row.h"

/// Sample texts and a sample conversation for the gallery and the transcript's test.
namespace cb::gallery {

bool isChinese();
void setChinese(bool chinese);
/// One of two texts by the language shown.
QString say(const char* english, const char* chinese);

/// A conversation in memory.
class SampleModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;

    void append(std::vector<widgets::RowData> rows);
    void prepend(std::vector<widgets::RowData> rows);
    void change(int row, const widgets::RowData& value);
    const widgets::RowData& at(int row) const { return m_rows[std::size_t(row)]; }

private:
    std::vector<widgets::RowData> m_rows;
};

widgets::RowData message(widgets::TranscriptSide side, const QString& author, const QString& text,
                         const QDateTime& time, widgets::Delivery delivery = widgets::Delivery::None);
std::vector<widgets::RowData> sampleConversation();
/// \p count messages of varied length, a minute apart; ends at \p end.
std::vector<widgets::RowData> longConversation(int count, const QDateTime& end);

} // namespace cb::gallery
