// Redaction by granted data categories, and the proof that it took place.
#pragma once

#include "libs/policy/category_set.h"

#include "google/protobuf/message.h"

#include <memory>
#include <utility>
#include <vector>

namespace vsv::policy {

// Clears every field, at any depth, whose category is not in `granted`, and all unknown fields.
// Compiled per message type once and cached. A field without a category counts as not granted.
void RedactInPlace(google::protobuf::Message& message, const CategorySet& granted);

// True when no field of the type, at any depth, holds personal data (all categories NONE).
bool HoldsNoPersonalData(const google::protobuf::Descriptor& type);

// A message that has been judged. There is no other way to make one than the functions below, so a
// handler cannot return what was not redacted.
template <typename T>
class Cleared {
 public:
  const T& message() const { return message_; }

  T&& Take() && { return std::move(message_); }

 private:
  explicit Cleared(T message) : message_(std::move(message)) {}

  template <typename M>
  friend Cleared<M> Redact(M message, const CategorySet& granted);
  template <typename M>
  friend Cleared<M> NoPersonalData(M message);
  template <typename M, typename E, typename Field>
  friend Cleared<M> Assemble(M shell, std::vector<Cleared<E>> elements, Field field);
  T message_;
};

// Redacts by what was granted for this message.
template <typename M>
Cleared<M> Redact(M message, const CategorySet& granted) {
  RedactInPlace(message, granted);
  return Cleared<M>(std::move(message));
}

// For messages without personal data: everything but DATA_CATEGORY_NONE is cleared all the same.
template <typename M>
Cleared<M> NoPersonalData(M message) {
  RedactInPlace(message, CategorySet());
  return Cleared<M>(std::move(message));
}

// A response of elements that were judged one by one: `shell` itself (page token and the like) is
// redacted to NONE, then each element is moved to a new entry of the repeated field that
// `field(M*)` returns.
template <typename M, typename E, typename Field>
Cleared<M> Assemble(M shell, std::vector<Cleared<E>> elements, Field field) {
  RedactInPlace(shell, CategorySet());
  for (Cleared<E>& element : elements) *field(&shell)->Add() = std::move(element).Take();
  return Cleared<M>(std::move(shell));
}

}  // namespace vsv::policy
