#include "server/store/records.h"

namespace cb::store {

std::string_view name(TokenKind kind) {
    return kind == TokenKind::SignIn ? "sign_in" : "password_reset";
}

std::optional<TokenKind> parseTokenKind(std::string_view name) {
    if (name == "sign_in")
        return TokenKind::SignIn;
    if (name == "password_reset")
        return TokenKind::PasswordReset;
    return std::nullopt;
}

} // namespace cb::store
