// Why this program has an accept4 of its own.
#pragma once

namespace vsv::rpc {

// gRPC 1.51 gives up a listening socket for good when accept4 fails in a way that it does not
// expect, such as for want of a descriptor: the server goes on with the connections it has and
// never takes another. The accept4 in accept.cc, which the library is linked against before that of
// the C library, refuses such connections instead and lets the listener live.
//
// Opens the descriptor that it keeps in reserve; call before the first server starts.
void KeepAccepting();

}  // namespace vsv::rpc
