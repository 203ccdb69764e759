#pragma once

#include "client/api/rest_client.h"
#include "client/bridge/convert.h"

#include <type_traits>

namespace cb::api {

/// A request whose answer is an `Answer`, or one whose answer tells nothing.
template <class Answer>
void askFor(RestClient& rest, const char* verb, const QString& path, QObject* context, RestClient::Then<Answer> then,
            const std::string& body = {}) {
    rest.call(verb, path, QByteArray::fromStdString(body), context,
              [then = std::move(then)](const base::Result<QByteArray>& answer) {
                  if (!then)
                      return;
                  if (!answer)
                      return then(answer.error());
                  if constexpr (std::is_void_v<Answer>) {
                      then({});
                  } else {
                      auto decoded = wire::decodeBody<Answer>(bridge::view(*answer), answerLimits());
                      then(decoded ? std::move(decoded)
                                   : base::Result<Answer>(base::rejected("bad_answer", decoded.error().code)));
                  }
              });
}

} // namespace cb::api
