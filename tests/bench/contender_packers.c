/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include <lz4.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "contender.h"

/* Zstandard's own states, made once, as a sender would. */
typedef struct xbz_zstd {
  ZSTD_CCtx *compressor;
  ZSTD_DCtx *decompressor;
  bool prefix; /* the old page is known to both sides */
} xbz_zstd;

static size_t xbz_lz4_encode(const xbz_contender *contender,
                             const xbz_task *task) {
  (void)contender;
  int len =
      LZ4_compress_default((const char *)task->new_page, (char *)task->dst,
                           (int)task->page_len, (int)task->cap);
  return len > 0 ? (size_t)len : task->page_len;
}

static size_t xbz_lz4_decode(const xbz_contender *contender,
                             const xbz_task *task) {
  (void)contender;
  if (task->packed_len == task->page_len)
    memcpy(task->cached, task->packed, task->page_len);
  else if (LZ4_decompress_safe((const char *)task->packed, (char *)task->cached,
                               (int)task->packed_len,
                               (int)task->page_len) != (int)task->page_len)
    return XBZ_WORK_FAILED;
  return task->packed_len;
}

static size_t xbz_zstd_encode(const xbz_contender *contender,
                              const xbz_task *task) {
  const xbz_zstd *zstd = contender->context;
  /* A page that did not fit has left the state in the middle of it. */
  (void)ZSTD_CCtx_reset(zstd->compressor, ZSTD_reset_session_only);
  if (zstd->prefix && ZSTD_isError(ZSTD_CCtx_refPrefix(
                          zstd->compressor, task->old_page, task->page_len)))
    return XBZ_WORK_FAILED;
  size_t len = ZSTD_compress2(zstd->compressor, task->dst, task->cap,
                              task->new_page, task->page_len);
  return ZSTD_isError(len) ? task->page_len : len;
}

/* Not in place: the old page is the prefix, a page more to read. */
static size_t xbz_zstd_decode(const xbz_contender *contender,
                              const xbz_task *task) {
  const xbz_zstd *zstd = contender->context;
  if (task->packed_len == task->page_len) {
    memcpy(task->cached, task->packed, task->page_len);
    return task->packed_len;
  }
  if (zstd->prefix && ZSTD_isError(ZSTD_DCtx_refPrefix(
                          zstd->decompressor, task->old_page, task->page_len)))
    return XBZ_WORK_FAILED;
  size_t len =
      ZSTD_decompressDCtx(zstd->decompressor, task->cached, task->page_len,
                          task->packed, task->packed_len);
  return len == task->page_len ? task->packed_len : XBZ_WORK_FAILED;
}

static bool xbz_zstd_add(xbz_contenders *all, const char *name, bool prefix,
                         xbz_error *error) {
  xbz_zstd *zstd = malloc(sizeof *zstd);
  if (zstd == NULL)
    return xbz_fail(error, "no memory for %s", name);
  *zstd = (xbz_zstd){ZSTD_createCCtx(), ZSTD_createDCtx(), prefix};
  all->list[all->count++] = (xbz_contender){
      .name = name,
      .kind = XBZ_CONTENDER_COMPRESSOR,
      .context = zstd,
      .work = {[XBZ_OP_ENCODE] = xbz_zstd_encode,
               [XBZ_OP_DECODE] = xbz_zstd_decode},
  };
  if (zstd->compressor == NULL || zstd->decompressor == NULL ||
      ZSTD_isError(
          ZSTD_CCtx_setParameter(zstd->compressor, ZSTD_c_compressionLevel, 1)))
    return xbz_fail(error, "no memory for %s", name);
  return true;
}

bool xbz_contenders_add_compressors(xbz_contenders *all, xbz_error *error) {
  all->list[all->count++] = (xbz_contender){
      .name = "lz4",
      .kind = XBZ_CONTENDER_COMPRESSOR,
      .work =
          {[XBZ_OP_ENCODE] = xbz_lz4_encode, [XBZ_OP_DECODE] = xbz_lz4_decode},
  };
  return xbz_zstd_add(all, "zstd -1", false, error) &&
         xbz_zstd_add(all, "zstd -1 +old", true, error);
}

void xbz_contenders_free(xbz_contenders *all) {
  for (size_t i = 0; i < all->count; i++) {
    xbz_zstd *zstd = all->list[i].context;
    if (zstd == NULL)
      continue;
    (void)ZSTD_freeCCtx(zstd->compressor);
    (void)ZSTD_freeDCtx(zstd->decompressor);
    free(zstd);
  }
}
