/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The part of xbz.h by which callers choose an implementation of the codec. */
#ifndef XBZ_BACKEND_H
#define XBZ_BACKEND_H

#include "xbz.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __FRAMAC__
#include "../spec/logic/backend.acsl"
#endif

/* How many there are; a machine can use fewer. */
#define XBZ_BACKEND_COUNT 6u

/* The fastest that processor and operating system support. It asks the
 * processor, which takes long in a virtual machine: keep the answer. */
/*@ assigns  \nothing;
    ensures  known:     BackendKnown(\result);
*/
xbz_backend xbz_backend_detect(void);

/* Whether this library has that backend and this machine can run it. */
/*@ assigns  \nothing;
    ensures  known:     \result != 0 ==> BackendKnown(backend);
    ensures  always:    backend == XBZ_BACKEND_REF ||
                        backend == XBZ_BACKEND_PORTABLE ==> \result != 0;
*/
int xbz_backend_usable(xbz_backend backend);

/* Its name, static; null if backend is none of the enumeration. */
/*@ assigns  \result \from backend;
    ensures  known:     \result != \null <==> BackendKnown(backend);
*/
const char *xbz_backend_name(xbz_backend backend);

/* Write the usable backends, slowest first, as far as there is room for cap of
 * them; returns how many there are. list may be null when cap is 0. */
/*@ requires writable:  \valid(list + (0 .. cap - 1));
    assigns  list[0 .. cap - 1];
    ensures  count:     2 <= \result <= XBZ_BACKEND_COUNT;
    ensures  known:     \forall integer i; 0 <= i < \result && i < cap ==>
                          BackendKnown(list[i]);
*/
size_t xbz_backend_list(xbz_backend *list, size_t cap);

/*
 * Find the backend of that name, a string.
 *
 *   XBZ_E_ARGUMENT  none has it, it is not usable here, or a pointer is null;
 *                   *backend is untouched.
 */
/*@ requires string:    name == \null || BackendString(name);
    requires writable:  backend == \null || \valid(backend);
    assigns  *backend;
    ensures  status:    \result == XBZ_OK || \result == XBZ_E_ARGUMENT;
    ensures  known:     \result == XBZ_OK ==> BackendKnown(*backend);
    ensures  untouched: \result != XBZ_OK && backend != \null ==>
                          *backend == \old(*backend);
*/
XBZ_MUST_CHECK xbz_status xbz_backend_select(xbz_backend *backend,
                                             const char *name);

/* xbz_page_encode by that backend, which must be usable. One that the library
 * does not have stands for XBZ_BACKEND_REF. */
#ifdef __FRAMAC__
#include "../spec/logic/contract_encode.acsl"
#endif
XBZ_MUST_CHECK xbz_status xbz_page_encode_with(
    xbz_backend backend, uint8_t *dst, size_t cap, size_t *dst_len,
    const uint8_t *old_page, const uint8_t *new_page, size_t page_len);

/* xbz_page_decode by that backend, in the same way. */
#ifdef __FRAMAC__
#include "../spec/logic/contract_decode.acsl"
#endif
XBZ_MUST_CHECK xbz_status xbz_page_decode_with(xbz_backend backend,
                                               uint8_t *page, size_t page_len,
                                               size_t *end, const uint8_t *src,
                                               size_t src_len);

/* xbz_page_encode_update by that backend, in the same way. */
#ifdef __FRAMAC__
#include "../spec/logic/contract_update.acsl"
#endif
XBZ_MUST_CHECK xbz_status xbz_page_encode_update_with(
    xbz_backend backend, uint8_t *dst, size_t cap, size_t *dst_len, int *zero,
    uint8_t *page, const uint8_t *live, size_t page_len);

#ifdef __cplusplus
}
#endif

#endif
