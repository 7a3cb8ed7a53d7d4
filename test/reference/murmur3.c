/* Prints murmur3-32 test vectors as JSON; kept apart from src/hash: works on bytes, in the published
   reference's own terms (Appleby, MurmurHash3_x86_32).  cc murmur3.c && ./a.out > murmur3.json */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t rotl(uint32_t x, int r) { return (x << r) | (x >> (32 - r)); }

static uint32_t murmur3(const uint8_t *data, int len, uint32_t seed) {
  const int blocks = len / 4;
  uint32_t h = seed, c1 = 0xcc9e2d51, c2 = 0x1b873593, k;
  for (int i = 0; i < blocks; i++) {
    memcpy(&k, data + 4 * i, 4);
    k *= c1; k = rotl(k, 15); k *= c2;
    h ^= k; h = rotl(h, 13); h = h * 5 + 0xe6546b64;
  }
  const uint8_t *tail = data + 4 * blocks;
  k = 0;
  switch (len & 3) {
    case 3: k ^= tail[2] << 16; /* fall through */
    case 2: k ^= tail[1] << 8;  /* fall through */
    case 1: k ^= tail[0]; k *= c1; k = rotl(k, 15); k *= c2; h ^= k;
  }
  h ^= len;
  h ^= h >> 16; h *= 0x85ebca6b; h ^= h >> 13; h *= 0xc2b2ae35; h ^= h >> 16;
  return h;
}

int main(void) {
  const char *texts[] = {
    "", "a", "ab", "abc", "abcd", "hello, world", "user-1", "0f8fad5b-d9cb-469f-a165-70867728950e",
    "The quick brown fox jumps over the lazy dog", "é", "e\xCC\x81", "Zoë", "naïve café", "größe", "ß",
    "日本語", "用户-42", "한국어", "עברית", "😀", "👩‍👩‍👧", "a😀", "ab😀", "abc😀é", "\xEF\xBF\xBD", "a\xEF\xBF\xBD" "b", "€100", "𝒳𝒴",
  };
  const uint32_t seeds[] = {0, 1, 2, 0x9747b28c, 0xffffffff};
  printf("{\"maker\":\"test/reference/murmur3.c, gcc\",\"vectors\":[\n");
  int count = sizeof texts / sizeof *texts;
  for (int i = 0; i < count; i++)
    for (int j = 0; j < 5; j++)
      printf("[\"%s\",%u,%u]%s\n", texts[i], seeds[j],
             murmur3((const uint8_t *)texts[i], (int)strlen(texts[i]), seeds[j]),
             i == count - 1 && j == 4 ? "" : ",");
  printf("]}\n");
}
