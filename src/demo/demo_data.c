#include "demo/demo_data.h"

extern const struct str demo_data_artificial_intelligence;
extern const struct str demo_data_artificial_intelligence_technology;
extern const struct str demo_data_artificial_intelligence_effect;
extern const struct str demo_data_information_technology;
extern const struct str demo_data_information_technology_technology;
extern const struct str demo_data_information_technology_effect;
extern const struct str demo_data_biomedicine;
extern const struct str demo_data_biomedicine_technology;
extern const struct str demo_data_biomedicine_effect;
extern const struct str demo_data_aerospace;
extern const struct str demo_data_aerospace_technology;
extern const struct str demo_data_aerospace_effect;
extern const struct str demo_data_nuclear_technology;
extern const struct str demo_data_nuclear_technology_technology;
extern const struct str demo_data_nuclear_technology_effect;

#define FIELD(code_, symbol)                                                                       \
	{                                                                                          \
		code_, &demo_data_##symbol, &demo_data_##symbol##_technology,                      \
			&demo_data_##symbol##_effect                                               \
	}

const struct demo_field_data demo_field_data[DEMO_FIELD_COUNT] = {
	FIELD("artificial-intelligence", artificial_intelligence),
	FIELD("information-technology", information_technology),
	FIELD("biomedicine", biomedicine),
	FIELD("aerospace", aerospace),
	FIELD("nuclear-technology", nuclear_technology),
};
