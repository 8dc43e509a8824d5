#ifndef RULE_LINT_TEXT_INTERNAL_H
#define RULE_LINT_TEXT_INTERNAL_H

#include "rule/lint_internal.h"

/* Checks of data/lint_texts.csv, by file. */

/* lint_draft.c */
lint_fn lint_draft_parts, lint_draft_changes, lint_draft_comments, lint_draft_cut, lint_draft_pages,
	lint_draft_type, lint_draft_type_heading, lint_draft_placeholders, lint_draft_units,
	lint_draft_taiwan;

/* lint_title.c */
lint_fn lint_title_missing, lint_title_same, lint_title_subject, lint_title_long,
	lint_title_over_40, lint_title_too_long, lint_title_bare, lint_title_similar,
	lint_title_words, lint_title_code, lint_title_prefix;

/* lint_abstract.c */
lint_fn lint_abstract_long, lint_abstract_letters, lint_abstract_title, lint_abstract_words,
	lint_abstract_heading, lint_abstract_claims, lint_abstract_paragraphs, lint_abstract_figure,
	lint_abstract_figure_drawn, lint_abstract_signs;

/* lint_description.c */
lint_fn lint_description_headings, lint_description_order, lint_description_names,
	lint_description_content, lint_description_claims, lint_description_words,
	lint_description_restrictive, lint_description_images, lint_description_numbers,
	lint_description_ends, lint_description_patents;

/* lint_content.c */
lint_fn lint_content_deposit, lint_content_sequences, lint_content_foreign, lint_content_solution,
	lint_content_ranges;

/* lint_drawing.c */
lint_fn lint_drawing_section, lint_drawing_missing, lint_drawing_undescribed, lint_drawing_unknown,
	lint_drawing_unmentioned, lint_drawing_numbers, lint_drawing_unlabelled, lint_drawing_words,
	lint_drawing_utility;

/* lint_sign.c */
lint_fn lint_sign_names, lint_sign_twice, lint_sign_text, lint_sign_undeclared, lint_sign_unused,
	lint_sign_brackets;

/*
 * The sections of a description by their headings, each on a line of its own. lint_section.c
 */
enum section {
	SECTION_FIELD,
	SECTION_BACKGROUND,
	SECTION_CONTENT,
	SECTION_DRAWINGS,
	SECTION_EMBODIMENTS,
	SECTION_COUNT
};

extern const char *const lint_section_names[SECTION_COUNT];

struct lint_section {
	size_t heading, heading_end; /* bytes of the heading's line */
	size_t start, end;           /* of the text below it; start == 0: the section is missing */
	bool is_utility;             /* 实用新型内容 */
	bool is_usual;               /* the heading is worded as the Regulations have it */
};

void lint_sections(const struct lint *lint, struct lint_section sections[SECTION_COUNT]);
/* The text of a section; empty when it is missing. */
struct str lint_section_text(const struct lint *lint, const struct lint_section *section);

/* The next line of a text from *at on; moves *at behind it. False at the end. */
bool lint_next_line(struct str text, size_t *at, size_t *start_out, size_t *end_out);
/* Start of the line without blanks, list marks and a paragraph number: "[0001]", "一、". */
size_t lint_line_words(struct str text, size_t start, size_t end);

/* Digits at an offset: how many bytes; 0 for none. */
size_t lint_digits(struct str text, size_t at, unsigned *number_out);
bool lint_is_cjk_before(struct str text, size_t at);
bool lint_is_cjk_at(struct str text, size_t at);
/* Characters that are not white space. */
size_t lint_count_runes(struct str text);

/*
 * Parts with their reference signs as the description lists them: "图中：1-壳体，2-弹簧". Empty
 * without such a list. lint_sign.c
 */
struct lint_sign {
	struct str sign, name;
	size_t at, end; /* in the description */
};
size_t lint_signs(struct lint *lint, const struct lint_sign **signs_out);

#endif
