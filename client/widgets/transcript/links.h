#pragma once

#include <QString>
#include <QUrl>

#include <vector>

namespace cb::widgets {

struct Link {
    int from = 0;
    int length = 0;
    QUrl url;
};

/// Web and mail addresses in plain text: https://…, www.…, a@b.c; no other schemes. Punctuation that ends a sentence
/// stays outside; full-width punctuation and ideographs end an address.
std::vector<Link> findLinks(const QString& text);

/// True when opening needs no question: http and https without a user name in the address.
bool isPlainWebLink(const QUrl& url);

} // namespace cb::widgets
