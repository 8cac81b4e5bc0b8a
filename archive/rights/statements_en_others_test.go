package rights

// What is said of reuse to others than those who copy, and rules in the manner of translations. See statementsEN.
var statementsOthersEN = []statement{
	// What authors, posters and others are told, and what is said of rules in general.
	{"not", "The opening post of every topic must contain a link to the article it is about."},
	{"not", "Authors must provide proof that they have permission for every figure."},
	{"not", "Authors must include the acknowledgements their funders require."},
	{"not", "It is your responsibility as the author to obtain permission for quotations over 400 words."},
	{"not", "The editors recommend that permission be obtained for extracts longer than 400 words."},
	{"not", "Permission to reprint tables must be obtained from whoever holds the copyright."},
	{"not", "House rules determine how content can be reproduced and shared."},
	{"not", "They define what is permissible and the conditions under which permission is required."},
	{"not", "Some journals can charge a fee for the reproduction of figures."},
	{"not", "Do not use someone else's pictures without permission."},
	{"not", "We will never knowingly reprint anything without giving credit or asking permission."},
	{"not", "If you notice that we have posted your material in error, please notify us and we will obtain permission or remove it."},
	{"not", "The pictures come from public domain sources and are assumed to be free of rights."},
	{"not", "If our site contains work that is not covered under a Creative Commons licence, tell us."},
	{"not", "In case of violation of these requirements the editors will take the following action."},
	{"not", "Many museums prohibit all commercial reuse of their pictures."},
	{"not", "The information on how others can obtain permission stands on page two."},
	// Conditions in the manner of translated rules.
	{"credit", "The only condition for the use of our maps is the requirement to indicate the author."},
	{"credit", "Using our photographs is permitted provided the source."},
	{"", "The font size of the hyperlink should not be less than the font of the text of the material used."},
	{"", "If you shorten the text, please indicate that it has been changed."},
	{"", "We do not object if our materials are used on other sites."},
	{"perm=true", "The use of texts without the consent of the administration is strictly prohibited (Article 13 of the Act)."},
	{"perm=true", "To use our materials, contact the editors by email and outline your proposal."},
	{"perm=false", "Our posts may be freely copied and reposted without prior permission."},
	{"limit", "The volume of citations should not exceed 15% of the text of the article."},
	{"limit link=true target=any", "You may quote no more than 900 characters (nine hundred letters) with an open hyperlink to the source."},
}
