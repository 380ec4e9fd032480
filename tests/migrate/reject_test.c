/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* What a receiver rejects, and the words by which it does. */
#include "src/host/migrate/migrate.h"
#include "tape.h"
#include "tests/codec/check.h"

enum { XBZ_PAGE = 4, XBZ_PAGES = 3 };

/* Records to be said. */
typedef struct xbz_script {
  uint8_t bytes[4096];
  size_t len;
} xbz_script;

static void xbz_say(xbz_script *script, uint64_t number, uint8_t kind,
                    const void *body, uint32_t len) {
  xbz_wire_head_put(script->bytes + script->len,
                    (xbz_wire_head){number, len, kind});
  script->len += XBZ_WIRE_HEAD;
  if (len > 0)
    memcpy(script->bytes + script->len, body, len);
  script->len += len;
}

static void xbz_say_hello(xbz_script *script, uint64_t version, uint8_t kind,
                          const xbz_hello *hello) {
  uint8_t body[XBZ_WIRE_HELLO_LEN];
  xbz_hello_put(body, hello);
  xbz_say(script, version, kind, body, sizeof body);
}

static xbz_hello xbz_usual_hello(void) {
  return (xbz_hello){{1, 2, 3}, XBZ_PAGE, 7, XBZ_PAGES, 0};
}

/* Let a receiver hear it; answers how that ended and what the peer heard. Of
   what it sends the given one and all later ones fail; 0: none does. */
static xbz_ending xbz_hear_until(xbz_tape *tape, const xbz_script *script,
                                 size_t sends, xbz_error *error) {
  const xbz_wishes grants = {
      .delta = true, .base_digest = true, .compress = true};
  xbz_arrival *arrival =
      xbz_arrival_new((uint64_t)XBZ_PAGE * XBZ_PAGES, &grants, error);
  xbz_ending ending = XBZ_END_EQUAL;
  xbz_link link;
  uint64_t len = 0;
  XBZ_CHECK(arrival != NULL);
  memset(tape, 0, sizeof *tape);
  tape->said = script->bytes;
  tape->len = script->len;
  tape->sends = sends;
  link = xbz_tape_link(tape);
  ending = xbz_arrival_receive(arrival, &link, error);
  XBZ_CHECK((xbz_arrival_memory(arrival, &len) != NULL) ==
            (ending == XBZ_END_EQUAL));
  xbz_arrival_free(arrival);
  return ending;
}

static xbz_ending xbz_hear(xbz_tape *tape, const xbz_script *script,
                           xbz_error *error) {
  return xbz_hear_until(tape, script, 0, error);
}

/* The receiver refuses, with these words, and tells them to its peer. */
static void xbz_refused(const xbz_script *script, const char *words) {
  xbz_tape tape;
  xbz_error error;
  xbz_wire last;
  xbz_check_subject = words;
  XBZ_CHECK_EQ(xbz_hear(&tape, script, &error), XBZ_END_FAILED);
  last = xbz_tape_last(&tape);
  XBZ_CHECK_EQ(last.head.kind, XBZ_WIRE_ERROR);
  XBZ_CHECK_EQ(last.head.len, strlen(error.text));
  XBZ_CHECK_BYTES(last.bytes, (const uint8_t *)error.text, last.head.len);
  if (strstr(error.text, words) == NULL) {
    fprintf(stderr, "'%s' has no '%s'\n", error.text, words);
    XBZ_CHECK(false);
  }
}

static void xbz_test_hello(void) {
  xbz_hello hello = xbz_usual_hello();
  xbz_script script = {{0}, 0};
  xbz_say_hello(&script, 2, XBZ_WIRE_HELLO, &hello);
  xbz_refused(&script, "version 2 of the protocol, not 1");
  script.len = 0;
  xbz_say_hello(&script, 1, XBZ_WIRE_HELLO, &hello);
  script.bytes[XBZ_WIRE_HEAD] ^= 1;
  xbz_refused(&script, "the peer does not migrate");
  script.len = 0;
  xbz_say_hello(&script, 1, XBZ_WIRE_WELCOME, &hello);
  xbz_refused(&script, "a record of kind 17 out of turn");
  script.len = 0;
  hello.pages = XBZ_PAGES + 1;
  xbz_say_hello(&script, 1, XBZ_WIRE_HELLO, &hello);
  xbz_refused(&script, "more than the limit of 12 bytes");
  script.len = 0;
  hello.pages = 0;
  xbz_say_hello(&script, 1, XBZ_WIRE_HELLO, &hello);
  xbz_refused(&script, "are no memory");
  script.len = 0;
  hello = xbz_usual_hello();
  hello.page_len = UINT32_MAX;
  xbz_say_hello(&script, 1, XBZ_WIRE_HELLO, &hello);
  xbz_refused(&script, "are no memory");
}

/* One record after the greeting, and the words by which it is refused. */
static const struct {
  uint64_t number;
  uint8_t kind;
  uint32_t len;
  uint8_t body[20];
  const char *words;
} xbz_bad_records[] = {
    {3, XBZ_KIND_ZERO, 0, {0}, "page 3: there is no such page"},
    {3, XBZ_KIND_RAW, 4, {0}, "page 3: there is no such page"},
    {3, XBZ_WIRE_CHECKED, 9, {0}, "page 3: there is no such page"},
    {0, XBZ_KIND_ZERO, 1, {0}, "no record of kind 1 has 1 bytes here"},
    {0, XBZ_KIND_RAW, 3, {0}, "no record of kind 2 has 3 bytes here"},
    {0, XBZ_KIND_DELTA, 0, {0}, "no record of kind 3 has 0 bytes here"},
    {0, XBZ_KIND_DELTA, 5, {0}, "no record of kind 3 has 5 bytes here"},
    {0, XBZ_WIRE_CHECKED, 8, {0}, "no record of kind 26 has 8 bytes here"},
    {0, XBZ_WIRE_CHECKED, 13, {0}, "no record of kind 26 has 13 bytes here"},
    {0, XBZ_WIRE_PACKED, 4, {0}, "no record of kind 27 has 4 bytes here"},
    {0, XBZ_WIRE_DIGESTS, 15, {0}, "no record of kind 20 has 15 bytes here"},
    {0, XBZ_WIRE_ERROR, 0, {0}, "no record of kind 25 has 0 bytes here"},
    {0, 4, 0, {0}, "no record of kind 4 has 0 bytes here"},
    {0, 28, 0, {0}, "no record of kind 28 has 0 bytes here"},
    {1, XBZ_KIND_DELTA, 1, {0x80}, "page 1: its delta is cut off"},
    {1, XBZ_KIND_DELTA, 3, {5, 1, 1}, "page 1: its delta leaves the page"},
    {1, XBZ_KIND_DELTA, 2, {0, 0}, "page 1: its delta has an empty run"},
    {1, XBZ_KIND_DELTA, 3, {0, 2, 1}, "page 1: its delta ends within a run"},
    {1, XBZ_WIRE_CHECKED, 11, {0}, "page 1: its delta applies to other bytes"},
    {1, XBZ_WIRE_PACKED, 3, {9, 9, 9}, "page 1: it does not unpack"},
    {2, XBZ_WIRE_ROUND, 0, {0}, "round 2 follows round 0"},
    {0, XBZ_WIRE_ROUND, 0, {0}, "round 0 follows round 0"},
    {3, XBZ_WIRE_DIGESTS, 16, {0}, "digests of pages that there are not: 3"},
    {UINT64_MAX, XBZ_WIRE_DIGESTS, 16, {0}, "digests of pages that there are"},
    {2, XBZ_WIRE_END, 0, {0}, "the end after 2 pages, of 3"},
    {3, XBZ_WIRE_END, 0, {0}, "page 0 differs from the sender's"},
    {3, XBZ_WIRE_COMMIT, 0, {0}, "a record of kind 23 out of turn"},
    {1, XBZ_WIRE_ACK, 0, {0}, "a record of kind 19 out of turn"},
    {0, XBZ_WIRE_ERROR, 3, {'o', 0x1b, '!'}, "the sender says: o?!"},
};

static void xbz_test_records(void) {
  const xbz_hello hello = xbz_usual_hello();
  for (size_t i = 0; i < sizeof xbz_bad_records / sizeof *xbz_bad_records;
       i++) {
    xbz_script script = {{0}, 0};
    xbz_say_hello(&script, 1, XBZ_WIRE_HELLO, &hello);
    xbz_say(&script, xbz_bad_records[i].number, xbz_bad_records[i].kind,
            xbz_bad_records[i].body, xbz_bad_records[i].len);
    xbz_refused(&script, xbz_bad_records[i].words);
  }
}

/* What the sender did not wish is not granted, and then not taken. */
static void xbz_test_abilities(void) {
  static const uint8_t kinds[] = {XBZ_KIND_DELTA, XBZ_WIRE_CHECKED,
                                  XBZ_WIRE_PACKED};
  static const uint8_t body[XBZ_BASE_LEN + 1];
  xbz_hello hello = xbz_usual_hello();
  hello.can = 0;
  for (size_t i = 0; i < sizeof kinds; i++) {
    xbz_script script = {{0}, 0};
    xbz_say_hello(&script, 1, XBZ_WIRE_HELLO, &hello);
    xbz_say(&script, 0, kinds[i], body,
            kinds[i] == XBZ_WIRE_CHECKED ? sizeof body : 3);
    xbz_refused(&script, "page 0: of a kind not agreed on");
  }
}

/* All of a migration but what follows commit. */
static void xbz_say_all(xbz_script *script) {
  static const uint8_t zero[XBZ_PAGE];
  uint8_t digests[XBZ_PAGES * XBZ_DIGEST_LEN];
  const xbz_hello hello = xbz_usual_hello();
  xbz_say_hello(script, 1, XBZ_WIRE_HELLO, &hello);
  for (size_t i = 0; i < XBZ_PAGES; i++)
    XBZ_CHECK(xbz_digest(digests + i * XBZ_DIGEST_LEN, XBZ_DIGEST_LEN, zero,
                         sizeof zero));
  xbz_say(script, 0, XBZ_WIRE_DIGESTS, digests, sizeof digests);
}

/* A message after the digest of its page makes that worthless [M-34]. */
static void xbz_test_ending(void) {
  xbz_script script = {{0}, 0};
  xbz_tape tape;
  xbz_error error;
  xbz_say_all(&script);
  xbz_say(&script, XBZ_PAGES, XBZ_WIRE_END, NULL, 0);
  XBZ_CHECK_EQ(xbz_hear(&tape, &script, &error), XBZ_END_LOST);
  xbz_say(&script, XBZ_PAGES, XBZ_WIRE_COMMIT, NULL, 0);
  XBZ_CHECK_EQ(xbz_hear(&tape, &script, &error), XBZ_END_EQUAL);
  XBZ_CHECK_EQ(xbz_tape_last(&tape).head.kind, XBZ_WIRE_COMMIT);
  script.len -= XBZ_WIRE_HEAD;
  xbz_say(&script, 1, XBZ_KIND_ZERO, NULL, 0);
  xbz_refused(&script, "a record of kind 1 out of turn");
  script.len = 0;
  xbz_say_all(&script);
  xbz_say(&script, 1, XBZ_KIND_ZERO, NULL, 0);
  xbz_say(&script, XBZ_PAGES, XBZ_WIRE_END, NULL, 0);
  xbz_refused(&script, "page 1 differs from the sender's");
  script.len = 0;
  xbz_say_all(&script);
  xbz_say(&script, 0, XBZ_WIRE_CANCEL, NULL, 0);
  XBZ_CHECK_EQ(xbz_hear(&tape, &script, &error), XBZ_END_CANCELLED);
}

/* The sender may hang up while it is answered: cancel or error, said before,
   count; after anything else, or nothing, the connection is lost [M-38]. */
static void xbz_test_hung_up(void) {
  const xbz_hello hello = xbz_usual_hello();
  xbz_script script = {{0}, 0};
  xbz_tape tape;
  xbz_error error;
  xbz_say_hello(&script, 1, XBZ_WIRE_HELLO, &hello);
  xbz_say(&script, 1, XBZ_WIRE_ROUND, NULL, 0);
  xbz_check_subject = "no answer can be sent";
  XBZ_CHECK_EQ(xbz_hear_until(&tape, &script, 2, &error), XBZ_END_LOST);
  xbz_say(&script, 0, XBZ_WIRE_CANCEL, NULL, 0);
  xbz_check_subject = "none can, and the sender has cancelled";
  XBZ_CHECK_EQ(xbz_hear_until(&tape, &script, 2, &error), XBZ_END_CANCELLED);
  XBZ_CHECK(strstr(error.text, "cancelled by the sender") != NULL);
  script.len -= XBZ_WIRE_HEAD;
  xbz_say(&script, 0, XBZ_WIRE_ERROR, "no", 2);
  xbz_check_subject = "none can, and the sender has failed";
  XBZ_CHECK_EQ(xbz_hear_until(&tape, &script, 2, &error), XBZ_END_FAILED);
  XBZ_CHECK(strstr(error.text, "the sender says: no") != NULL);
  script.len -= XBZ_WIRE_HEAD + 2;
  xbz_say(&script, 0, XBZ_KIND_ZERO, NULL, 0);
  xbz_check_subject = "none can, and the sender went on";
  XBZ_CHECK_EQ(xbz_hear_until(&tape, &script, 2, &error), XBZ_END_LOST);
  XBZ_CHECK(strstr(error.text, "the tape is full") != NULL);
}

/* A migration cut off after any byte is not complete. */
static void xbz_test_prefixes(void) {
  xbz_script script = {{0}, 0};
  xbz_tape tape;
  xbz_error error;
  size_t len = 0;
  xbz_say_all(&script);
  xbz_say(&script, XBZ_PAGES, XBZ_WIRE_END, NULL, 0);
  xbz_say(&script, XBZ_PAGES, XBZ_WIRE_COMMIT, NULL, 0);
  len = script.len;
  for (script.len = 0; script.len < len; script.len++)
    XBZ_CHECK_EQ(xbz_hear(&tape, &script, &error), XBZ_END_LOST);
  XBZ_CHECK_EQ(xbz_hear(&tape, &script, &error), XBZ_END_EQUAL);
}

int main(void) {
  xbz_test_hello();
  xbz_test_records();
  xbz_test_abilities();
  xbz_test_ending();
  xbz_test_hung_up();
  xbz_test_prefixes();
  return 0;
}
