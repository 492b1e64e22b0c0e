"""Sound files of each format, and every damage we know for them: what is changed, into what, and what is said then."""

from __future__ import annotations

TOI = """\
# TITLE: Breakfast
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 6
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: Tea
# ALTERNATIVE NAME 2: Coffee
# ALTERNATIVE NAME 3: Mate
3: 1,2,3
2: {1,2}
1: 3,1
"""
CAT = """\
# DATA TYPE: cat
# NUMBER ALTERNATIVES: 2
# NUMBER VOTERS: 3
# NUMBER UNIQUE PREFERENCES: 2
# NUMBER CATEGORIES: 2
# CATEGORY NAME 1: Yes
# CATEGORY NAME 2: No
# ALTERNATIVE NAME 1: Tea
# ALTERNATIVE NAME 2: Coffee
2: 1,2
1: {},{1,2}
"""
OLD = "3\n1,Tea\n2,Coffee\n3,Mate\n6,6,3\n3,1,2,3\n2,{1,2}\n1,3,1\n"
BLT = """\
4 2 # options and seats
-2
3 1 3 4 0
2 4 1=3 0
1 - 2 0
0
"Adam"
"Basil"
"Charlotte"
"Donald"
"Committee"
"""
CSV = "Tea,Coffee,Mate\n1,2,3\n2,1,\n"
OURS = "Poll,Voter,Choice,A. Tea,B. Coffee\np1,ana,a>b,1,2\np1,leo,b,,1\n"


def changed(text: str, old: str, new: str) -> str:
    """The text with one thing in it changed."""
    assert old in text
    return text.replace(old, new, 1)


PREFLIB_DAMAGE = {
    "voters": ("NUMBER VOTERS: 6", "NUMBER VOTERS: 7", "4: 7 voters are promised, there are 6"),
    "orders": ("ORDERS: 3", "ORDERS: 4", "5: 4 different ballots are promised, there are 3"),
    "last-line-lost": ("1: 3,1\n", "", "4: 6 voters are promised, there are 5"),
    "alternatives-too-many": ("ALTERNATIVES: 3", "ALTERNATIVES: 4", "3: 4 options are promised, option 4 has no name"),
    "alternatives-too-few": (
        "ALTERNATIVES: 3",
        "ALTERNATIVES: 2",
        "8: a name for option 3, where 2 options are promised",
    ),
    "alternatives-unsaid": ("# NUMBER ALTERNATIVES: 3\n", "", "7: the header does not say NUMBER ALTERNATIVES"),
    "alternatives-none": ("ALTERNATIVES: 3", "ALTERNATIVES: 0", "6: a name for option 1, where 0 options are promised"),
    "alternatives-absurd": (
        "ALTERNATIVES: 3",
        "ALTERNATIVES: 999999",
        "3: 999,999 options; more than 2,000 are not counted",
    ),
    "alternatives-no-number": (
        "ALTERNATIVES: 3",
        "ALTERNATIVES: three",
        "3: NUMBER ALTERNATIVES: “three” is not a whole number",
    ),
    "voters-of-5000-digits": (
        "VOTERS: 6",
        "VOTERS: " + "9" * 5000,
        "4: NUMBER VOTERS: a number of 5,000 digits; more than 15 are not read",
    ),
    "said-twice": (
        "# NUMBER VOTERS: 6",
        "# NUMBER VOTERS: 6\n# NUMBER VOTERS: 6",
        "5: NUMBER VOTERS is said a second time; it is in line 4 already",
    ),
    "name-twice": ("NAME 2: Coffee", "NAME 2: Tea", "7: options 1 and 2 are both called “Tea”"),
    "name-empty": ("NAME 2: Coffee", "NAME 2:", "7: option 2 has no name"),
    "named-twice": (
        "NAME 2: Coffee",
        "NAME 1: Coffee",
        "7: ALTERNATIVE NAME 1 is said a second time; it is in line 6 already",
    ),
    "type-unknown": ("TYPE: toi", "TYPE: xyz", "2: DATA TYPE “xyz” is none of soc, soi, toc, toi, cat"),
    "type-of-categories": (
        "TYPE: toi",
        "TYPE: cat",
        "2: orders and categories are not the same; the name and DATA TYPE disagree",
    ),
    "type-strict": ("TYPE: toi", "TYPE: soi", "10: options ranked equal in a file of strict orders (.soi, .toi)"),
    "type-complete": ("TYPE: toi", "TYPE: toc", "10: option 3 is not ranked in a file of complete orders (.toc, .toi)"),
    "option-too-high": ("2: {1,2}", "2: {1,4}", "10: option 4, where options go from 1 to 3"),
    "option-zero": ("2: {1,2}", "2: 0,1", "10: option 0, where options go from 1 to 3"),
    "option-negative": ("2: {1,2}", "2: -1,2", "10: “-1,2” is not an option's number or a group in braces"),
    "option-twice": ("2: {1,2}", "2: 1,2,1", "10: option 1 stands twice in a ballot"),
    "option-twice-in-a-group": ("2: {1,2}", "2: {1,1}", "10: option 1 stands twice in a ballot"),
    "option-of-5000-digits": (
        "2: {1,2}",
        "2: " + "1" * 5000,
        "10: option: a number of 5,000 digits; more than 15 are not read",
    ),
    "group-not-closed": ("2: {1,2}", "2: {1,2", "10: “{1,2” is not an option's number or a group in braces"),
    "group-in-a-group": ("2: {1,2}", "2: {1,{2}}", "10: “{1,{2}}” is not an option's number or a group in braces"),
    "group-empty": ("2: {1,2}", "2: {},1,2", "10: an empty group in braces"),
    "comma-too-many": ("2: {1,2}", "2: 1,2,", "10: an option's number is missing at the end of the ballot"),
    "comma-missing": ("2: {1,2}", "2: 1 2", "10: “1 2” is not an option's number or a group in braces"),
    "no-options": ("2: {1,2}", "2:", "10: an option's number is missing at the end of the ballot"),
    "no-count": ("2: {1,2}", "{1,2}", "10: “{1,2}” is not a line of ballots such as 3:1,2"),
    "count-of-none": ("2: {1,2}", "0: {1,2}", "10: a line for 0 ballots"),
    "count-negative": ("2: {1,2}", "-2: {1,2}", "10: how many ballots: “-2” is not a whole number"),
    "count-not-whole": ("2: {1,2}", "0.5: {1,2}", "10: how many ballots: “0.5” is not a whole number"),
    "count-of-5000-digits": (
        "2: {1,2}",
        "1" + "0" * 5000 + ": {1,2}",
        "10: how many ballots: a number of 5,001 digits; more than 15 are not read",
    ),
    "a-name": ("2: {1,2}", "2: Tea,Coffee", "10: “Tea,Coffee” is not an option's number or a group in braces"),
    "header-below": ("2: {1,2}", "# TITLE: again\n2: {1,2}", "10: a line of the header among the ballots"),
    "nul": ("2: {1,2}", "2: {1,\0}", "10: a NUL character; the file is no text in UTF-8"),
    "not-utf-8": ("Coffee", "Caf\udce9", "7: not text in UTF-8; save the file in that encoding"),
}
CAT_DAMAGE = {
    "category-missing": ("2: 1,2", "2: {1,2}", "10: the header has 2 categories, this ballot 1"),
    "category-too-many": ("2: 1,2", "2: 1,2,{}", "10: the header has 2 categories, this ballot 3"),
    "option-in-two": ("2: 1,2", "2: 1,{1,2}", "10: option 1 stands twice in a ballot"),
    "categories-unsaid": ("# NUMBER CATEGORIES: 2\n", "", "8: the header does not say NUMBER CATEGORIES"),
    "categories-none": ("CATEGORIES: 2", "CATEGORIES: 0", "5: 0 categories"),
    "category-name-unknown": ("CATEGORY NAME 2", "CATEGORY NAME 3", "7: a name for category 3, where 2 are promised"),
    "voters": ("VOTERS: 3", "VOTERS: 2", "3: 2 voters are promised, there are 3"),
}
OLD_DAMAGE = {
    "no-number": ("3\n", "three\n", "1: the number of options: “three” is not a whole number"),
    "name-missing": ("2,Coffee\n", "", "3: “3” where the name of option 2 is expected"),
    "sums-missing": (
        "6,6,3\n",
        "",
        "5: the line after the names says how many voters, ballots and different ballots there are",
    ),
    "sums-wrong": ("6,6,3", "6,7,3", "5: 7 voters are promised, there are 6"),
    "sums-short": (
        "6,6,3",
        "6,6",
        "5: the line after the names says how many voters, ballots and different ballots there are",
    ),
    "ends-early": ("3,Mate\n6,6,3\n3,1,2,3\n2,{1,2}\n1,3,1\n", "", "3: the file ends before the name of option 3"),
    "option-too-high": ("2,{1,2}", "2,{1,7}", "7: option 7, where options go from 1 to 3"),
}
BLT_DAMAGE = {
    "one-number": ("4 2", "4", "1: “4 # options and seats” is not the number of options and of seats, such as 4 2"),
    "no-options": ("4 2", "0 2", "1: 0 options, where 1 to 2,000 are counted"),
    "no-seats": ("4 2", "4 0", "1: 0 seats, where 1 to 2,000 are counted"),
    "options-absurd": (
        "4 2",
        "1" + "0" * 5000 + " 2",
        "1: the number of options: a number of 5,001 digits; more than 15 are not read",
    ),
    "options-no-number": ("4 2", "four 2", "1: the number of options: “four” is not a whole number"),
    "withdrawn-unknown": ("-2", "-5", "2: option 5, where options go from 1 to 4"),
    "withdrawn-late": ("2 4 1=3 0\n", "2 4 1=3 0\n-3\n", "5: -3, a withdrawal, after the first ballot"),
    "withdrawn-all": ("-2", "-1 -2 -3 -4", "11: every option withdrew"),
    "ballot-without-end": ("3 1 3 4 0", "3 1 3 4", "3: a ballot without the 0 that ends it"),
    "no-end-of-ballots": ("1 - 2 0\n0\n", "1 - 2 0\n", "6: a name before the 0 that ends the ballots"),
    "cut-before-the-names": (
        '0\n"Adam"\n"Basil"\n"Charlotte"\n"Donald"\n"Committee"\n',
        "",
        "5: the file ends before the 0 that ends the ballots",
    ),
    "cut-among-the-names": (
        '"Donald"\n"Committee"\n',
        "",
        "9: 4 names and a title are expected after the ballots, there are 3",
    ),
    "no-title": ('"Committee"\n', "", "10: 4 names and a title are expected after the ballots, there are 4"),
    "end-too-early": ("2 4 1=3 0\n", "0\n2 4 1=3 0\n", "5: a ballot after the 0 that ends the ballots"),
    "too-many-names": (
        '"Committee"\n',
        '"Committee"\n"a"\n"b"\n"c"\n',
        "14: “c” after the names of 4 options and the title",
    ),
    "quote-open": ('"Basil"', '"Basil', '8: “"Basil” has no closing quotation mark'),
    "name-twice": ('"Basil"', '"Adam"', "8: options 1 and 2 are both called “Adam”"),
    "name-empty": ('"Basil"', '""', "8: option 2 has no name"),
    "option-too-high": ("1=3", "1=5", "4: option 5, where options go from 1 to 4"),
    "option-twice": ("1=3", "1=4", "4: option 4 stands twice in a ballot"),
    "option-no-number": ("1=3", "x", "4: option: “x” is not a whole number"),
    "equal-to-nothing": ("1=3", "1=", "4: option: “” is not a whole number"),
    "in-parentheses": ("2 4 1=3 0", "(7) 4 1=3 0", "4: weight: “(7)” is not a number such as 3, 0.5 or 1/3"),
    "weight-no-number": ("2 4 1=3 0", "x 4 1=3 0", "4: weight: “x” is not a number such as 3, 0.5 or 1/3"),
    "weight-exponent": ("2 4 1=3 0", "1e5000 4 1=3 0", "4: weight: “1e5000” is not a number such as 3, 0.5 or 1/3"),
    "weight-of-5000-digits": (
        "2 4 1=3 0",
        "1" + "0" * 5000 + " 4 0",
        "4: weight: a number of 5,001 digits; more than 15 are not read",
    ),
    "weight-by-zero": ("2 4 1=3 0", "1/0 4 1=3 0", "4: weight: “1/0” is not a number such as 3, 0.5 or 1/3"),
    "weight-zero": ("2 4 1=3 0", "0.0 4 1=3 0", "4: weight: a ballot that counts 0 times"),
    "weight-nan": ("2 4 1=3 0", "nan 4 1=3 0", "4: weight: “nan” is not a number such as 3, 0.5 or 1/3"),
    "nul": ("2 4", "2\0 4", "4: a NUL character; the file is no text in UTF-8"),
    "not-utf-8": ("Charlotte", "Ren\udce9e", "9: not text in UTF-8; save the file in that encoding"),
}
CSV_DAMAGE = {
    "row-short": ("2,1,\n", "2,1\n", "3: 2 cells, where the heading has 3"),
    "row-long": ("2,1,\n", "2,1,3,4\n", "3: 4 cells, where the heading has 3"),
    "no-number": ("2,1,\n", "x,1,\n", "3: cell: “x” is not a whole number"),
    "negative": ("2,1,\n", "-2,1,\n", "3: cell: “-2” is not a whole number"),
    "rank-absurd": ("2,1,\n", "2,9999,\n", "1: the numbers may be ranks as well as scores; say which they are"),
    "of-5000-digits": (
        "2,1,\n",
        "1" + "0" * 5000 + ",1,\n",
        "3: cell: a number of 5,001 digits; more than 15 are not read",
    ),
    "heading-empty": ("Tea,Coffee,Mate", "Tea,,Mate", "1: option 2 has no name"),
    "heading-twice": ("Tea,Coffee,Mate", "Tea,Tea,Mate", "1: options 1 and 2 are both called “Tea”"),
    "quote-open": ("2,1,\n", '"2,1,\n', "3: not a table: unexpected end of data"),
    "ranks-or-scores": ("2,1,\n", "2,3,\n", "1: the numbers may be ranks as well as scores; say which they are"),
    "nul": ("2,1,\n", "2,\0,\n", "3: a NUL character; the file is no text in UTF-8"),
}
OURS_DAMAGE = {
    "other-poll": ("p1,leo", "p2,leo", "3: a ballot of another poll, “p2”"),
    "option-lost": ("A. Tea", "Tea", "1: the column of option A is missing"),
    "cut": ("p1,leo,b,,1\n", "p1,le", "3: 2 cells, where the heading has 5"),
    "results": (
        "Choice,A. Tea,B. Coffee",
        "Option id,Votes,Option text",
        "1: no column is an option; of an export, take the file of ballots",
    ),
}
