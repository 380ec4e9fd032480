/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Which backends there are, and which of them this machine can run. */
#include "cpu.h"
#include "targets.h"

#define XBZ_NAME_LEN 12u

static const char xbz_names[XBZ_BACKEND_COUNT][XBZ_NAME_LEN] = {
    "ref", "portable", "sse2", "avx2", "avx512bw", "neon"};

/* xbz_backend_usable, for a processor with those features. */
/*@ assigns  \nothing;
    ensures  known:  \result != 0 ==> BackendKnown(backend);
    ensures  always: backend == XBZ_BACKEND_REF ||
                     backend == XBZ_BACKEND_PORTABLE ==> \result != 0;
*/
static int xbz_backend_runs(unsigned backend, unsigned features) {
  if (backend == XBZ_BACKEND_REF || backend == XBZ_BACKEND_PORTABLE)
    return 1;
  if (backend == XBZ_BACKEND_SSE2)
    return XBZ_TARGET_X86_64;
  if (backend == XBZ_BACKEND_AVX2)
    return (features & XBZ_CPU_AVX2) != 0;
  if (backend == XBZ_BACKEND_AVX512BW)
    return (features & XBZ_CPU_AVX512BW) != 0;
  return backend == XBZ_BACKEND_NEON && XBZ_TARGET_AARCH64;
}

int xbz_backend_usable(xbz_backend backend) {
  return xbz_backend_runs((unsigned)backend, xbz_cpu_features());
}

xbz_backend xbz_backend_detect(void) {
  unsigned features = xbz_cpu_features();
  unsigned best = XBZ_BACKEND_COUNT - 1;
  /*@ loop invariant range: 1 <= best < 6;
      loop assigns best;
      loop variant best;
  */
  while (!xbz_backend_runs(best, features))
    best--;
  return (xbz_backend)best;
}

const char *xbz_backend_name(xbz_backend backend) {
  return (unsigned)backend < XBZ_BACKEND_COUNT ? xbz_names[backend] : NULL;
}

size_t xbz_backend_list(xbz_backend *list, size_t cap) {
  unsigned features = xbz_cpu_features();
  size_t count = 0;
  /*@ loop invariant range: 0 <= backend <= 6;
      loop invariant count: count <= backend && (backend >= 2 ==> count >= 2) &&
                            (backend == 1 ==> count == 1);
      loop invariant known: \forall integer i; 0 <= i < count && i < cap ==>
                              BackendKnown(list[i]);
      loop assigns backend, count, list[0 .. cap - 1];
      loop variant 6 - backend;
  */
  for (unsigned backend = 0; backend < XBZ_BACKEND_COUNT; backend++)
    if (xbz_backend_runs(backend, features)) {
      if (count < cap)
        list[count] = (xbz_backend)backend;
      count++;
    }
  return count;
}

/* Whether name is known, which fills a row of the table. */
/*@ requires known:  \valid_read(known + (0 .. 11)) && known[11] == 0;
    requires string: BackendString(name);
    assigns  \nothing;
    ensures  equal:  \result != 0 <==>
                       (\exists integer n; 0 <= n < 12 && known[n] == 0 &&
                          \forall integer i; 0 <= i <= n ==>
                            known[i] == name[i]);
*/
static int xbz_backend_is(const char *known, const char *name) {
  size_t i = 0;
  /*@ loop invariant range: 0 <= i <= 11;
      loop invariant same:  \forall integer k; 0 <= k < i ==>
                              known[k] == name[k] && known[k] != 0;
      loop assigns i;
      loop variant 11 - i;
  */
  while (known[i] == name[i] && known[i] != '\0')
    i++;
  return known[i] == name[i];
}

xbz_status xbz_backend_select(xbz_backend *backend, const char *name) {
  if (backend == NULL || name == NULL)
    return XBZ_E_ARGUMENT;
  unsigned features = xbz_cpu_features();
  /*@ loop invariant range: 0 <= b <= 6;
      loop assigns b;
      loop variant 6 - b;
  */
  for (unsigned b = 0; b < XBZ_BACKEND_COUNT; b++)
    if (xbz_backend_runs(b, features) && xbz_backend_is(xbz_names[b], name)) {
      *backend = (xbz_backend)b;
      return XBZ_OK;
    }
  return XBZ_E_ARGUMENT;
}
