#ifndef PATENT_REGION_H
#define PATENT_REGION_H

#include "base/str.h"

/*
 * Province and prefecture of a Chinese address or of what a source calls one: 四川 成都 高新区…,
 * 四川省成都市, "51;四川", CN-SC, 中国四川. Codes are those of GB/T 2260 (data/regions.csv).
 */
struct region {
	const char *code;  /* 51 of a province, 5101 of a prefecture */
	const char *name;  /* 四川省, 成都市 */
	const char *brief; /* 四川, 成都 */
	const char *en;    /* Sichuan; "" for prefectures */
	const char *iso;   /* SC of CN-SC (ISO 3166-2); "" for prefectures */
};

struct region_answer {
	const struct region *province, *city; /* NULL: not found */
};

/*
 * Looks at the beginning first (behind a postcode and 中国), where short names count unless a road
 * or a district bears them (北京路, 朝阳区), then for whole names anywhere, then for English names of
 * provinces. Municipalities have no city. What is not found stays NULL; nothing is guessed.
 */
struct region_answer region_of(struct str address);
const struct region *region_find(struct str code);   /* 51, 5101, also 510000 and 510100 */
const struct region *region_list(size_t *count_out); /* sorted by code, a province before its own */

#endif
