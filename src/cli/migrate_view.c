/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "migrate_view.h"

#include <inttypes.h>
#include <sys/resource.h>

#include "../host/migrate/info.h"
#include "../host/size.h"

#define XBZ_MS 1000.0

typedef struct xbz_size_text {
  char text[XBZ_SIZE_TEXT];
} xbz_size_text;

static xbz_size_text xbz_size(double bytes) {
  xbz_size_text size = {""};
  xbz_size_format(size.text, bytes);
  return size;
}

static void xbz_info_head(FILE *stream, const xbz_migrate_info *info) {
  (void)fprintf(stream, "status              %s, round %" PRIu64,
                xbz_state_name(info->state), info->round);
  if (info->limits.rounds > 0)
    (void)fprintf(stream, " of at most %" PRIu64, info->limits.rounds);
  if (info->restarts > 0)
    (void)fprintf(stream, ", %" PRIu64 " new connections", info->restarts);
  (void)fprintf(stream, "\ntime                %.1f s\n", info->seconds);
  (void)fprintf(stream,
                "downtime            %.0f ms, expected %.0f ms, limit %" PRIu64
                " ms\n",
                info->downtime * XBZ_MS, info->expected_downtime * XBZ_MS,
                info->limits.downtime_ms);
}

static void xbz_info_memory(FILE *stream, const xbz_migrate_info *info) {
  bool ended = info->state >= XBZ_STATE_COMPLETED && info->seconds > 0;
  double speed =
      ended ? (double)info->transferred / info->seconds : info->bandwidth;
  double dirty = info->dirty_rate * (double)info->page_len;
  (void)fprintf(stream, "transferred         %s at %s/s",
                xbz_size((double)info->transferred).text, xbz_size(speed).text);
  if (info->limits.bandwidth > 0)
    (void)fprintf(stream, ", limit %s/s",
                  xbz_size((double)info->limits.bandwidth).text);
  (void)fprintf(stream, "\nremaining           %s of %s\n",
                xbz_size((double)info->remaining).text,
                xbz_size((double)info->total).text);
  (void)fprintf(stream, "dirty rate          %.0f pages/s (%s/s)\n",
                info->dirty_rate, xbz_size(dirty).text);
  (void)fprintf(stream, "duplicate           %" PRIu64 " pages of zeros\n",
                info->counters.zero);
  (void)fprintf(stream, "normal              %" PRIu64 " pages of %s\n",
                info->counters.normal, xbz_size((double)info->page_len).text);
}

static void xbz_info_xbzrle(FILE *stream, const xbz_migrate_info *info) {
  const xbz_counters *counters = &info->counters;
  if (info->cache_size == 0 && counters->pages == 0) {
    (void)fprintf(stream, "XBZRLE              no cache\n");
    return;
  }
  (void)fprintf(stream, "XBZRLE cache        %s\n",
                xbz_size((double)info->cache_size).text);
  (void)fprintf(stream, "XBZRLE transferred  %s\n",
                xbz_size((double)counters->bytes).text);
  (void)fprintf(stream, "XBZRLE pages        %" PRIu64 ", encoding rate %.2f\n",
                counters->pages, info->encoding_rate);
  (void)fprintf(stream, "XBZRLE miss         %" PRIu64 ", rate %.2f\n",
                counters->miss, info->cache_miss_rate);
  (void)fprintf(stream, "XBZRLE overflow     %" PRIu64 "\n",
                counters->overflow);
}

void xbz_info_print(FILE *stream, const xbz_migrate_info *info) {
  xbz_info_head(stream, info);
  xbz_info_memory(stream, info);
  xbz_info_xbzrle(stream, info);
  if (info->notice[0] != '\0')
    (void)fprintf(stream, "notice              %s\n", info->notice);
}

static json_t *xbz_field_json(const xbz_field *field,
                              const xbz_migrate_info *info) {
  const void *at = xbz_field_at(field, info);
  if (field->kind == XBZ_FIELD_STATE)
    return json_string(xbz_state_name(*(const xbz_state *)at));
  if (field->kind == XBZ_FIELD_NOTICE)
    return json_string(at);
  if (field->kind == XBZ_FIELD_COUNT)
    return json_integer((json_int_t) * (const uint64_t *)at);
  return json_real(*(const double *)at);
}

json_t *xbz_info_json(const xbz_migrate_info *info) {
  json_t *object = json_object();
  for (size_t i = 0; i < xbz_field_count; i++)
    (void)json_object_set_new(object, xbz_fields[i].name,
                              xbz_field_json(&xbz_fields[i], info));
  return object;
}

json_int_t xbz_peak_memory(void) {
  struct rusage usage;
  return getrusage(RUSAGE_SELF, &usage) == 0
             ? (json_int_t)usage.ru_maxrss * 1024
             : 0;
}

bool xbz_json_line(json_t *object) {
  bool printed =
      object != NULL &&
      json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(9)) == 0 &&
      putchar('\n') == '\n' && fflush(stdout) == 0;
  json_decref(object);
  return printed;
}
