#pragma once

#include <Qt>

namespace cb::widgets {

/// What a model offers to TranscriptView, oldest row first. A row is one entry of the conversation; rows are inserted
/// at the end (new) or at the front (an earlier page) and changed in place (ticks, progress, a picture that has
/// arrived). Roles are read for rows on or near the screen only, except TextRole, KindRole and PictureSizeRole, which
/// are also read once for an estimate of the height and must be cheap.
enum TranscriptRole {
    KindRole = Qt::UserRole + 100, // TranscriptKind as int
    SideRole,                      // TranscriptSide as int
    AuthorRole,                    // QString; shown once per run of messages; may be empty
    TextRole,                      // QString, plain; for pictures and files a caption or empty
    TimeRole,                      // QDateTime, any zone; shown in local time
    DeliveryRole,                  // Delivery as int
    ErrorRole,                     // QString: why it failed, a whole sentence; with Delivery::Failed
    PictureRole,                   // QImage; null until it has been fetched
    PictureSizeRole,               // QSize in pixels, known before the picture is: its room never changes
    ProgressRole,                  // int 0…100 while going up or coming down, -1 otherwise
    FileNameRole,                  // QString
    FileSizeRole,                  // qint64, bytes; negative: unknown
    RetryRole                      // bool: a failed one may be tried again; absent: it may
};

/// A note is for colleagues only: a card across the column, unlike any message.
enum class TranscriptKind { Text, Picture, File, System, Note };

/// Customer stands left; agent and flow right, in their own colours.
enum class TranscriptSide { Customer, Agent, Flow };

enum class Delivery { None, Sending, Sent, Delivered, Read, Failed };

} // namespace cb::widgets
