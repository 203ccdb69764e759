#pragma once

#include "client/widgets/theme/look.h"
#include "client/widgets/transcript/links.h"
#include "client/widgets/transcript/transcript_roles.h"

#include <QDateTime>
#include <QImage>
#include <QModelIndex>
#include <QPixmap>
#include <QTextLayout>

#include <memory>

class QPainter;

namespace cb::widgets {

/// One row's values, read from the model.
struct RowData {
    TranscriptKind kind = TranscriptKind::Text;
    TranscriptSide side = TranscriptSide::Customer;
    Delivery delivery = Delivery::None;
    QString author;
    QString text;
    QString error;
    QDateTime time; // local
    QImage picture;
    QSize pictureSize;
    int progress = -1;
    QString fileName;
    qint64 fileSize = -1;
    bool canRetry = true;
    bool startsDay = false; // the first row of its local day
    bool startsRun = true;  // not by the same author as the row before, or after a pause
};

RowData readRow(const QModelIndex& index);

/// Texts of the view that rows show; translated by the view.
struct RowTexts {
    QString today;
    QString yesterday;
    QString retry;
    QString discard;
    QString note;       // what a note is
    QString noteHidden; // who does not see it
};

/// A row laid out for one width: rectangles relative to the row's upper left corner. Made for rows on or near the
/// screen only.
struct RowLayout {
    RowData data;
    int height = 0;
    QRect day;
    QRect author;
    QRect bubble; // of a note: its card
    QRect picture;
    QRect file;
    QRect meta; // time and tick
    QRect failure;
    QRect retry; // empty when it cannot be tried again
    QRect discard;
    QRect hidden; // of a note: the line that says who does not see it
    QPointF textAt;
    std::unique_ptr<QTextLayout> text;
    std::vector<Link> links;
    QPixmap scaled; // the picture, at the screen's resolution
    bool pictureAsked = false;

    /// The character at \p pos (row coordinates), nearest when outside; -1 when the row has no text.
    int characterAt(const QPointF& pos) const;
    const Link* linkAt(const QPointF& pos) const;
};

RowLayout layOutRow(const RowData& data, int width, const Look& look, const RowTexts& texts, qreal pixelRatio);

/// A guess of layOutRow's height that needs no text layout: for thousands of rows at once.
class RowEstimate {
public:
    RowEstimate(int width, const Look& look);
    int height(const QModelIndex& index) const;

private:
    const Look& m_look;
    int m_widest;
    int m_line;
    int m_small;
    double m_unitsPerLine;
};

struct RowPaint {
    int selectedFrom = 0;
    int selectedTo = 0;
    bool current = false;
    const Link* hovered = nullptr;
};

/// Paints with the painter's origin at the row's upper left corner.
void paintRow(QPainter& painter, const RowLayout& row, int width, const Look& look, const RowTexts& texts,
              const RowPaint& paint);

} // namespace cb::widgets
