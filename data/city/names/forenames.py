"""Forenames by community, sex and generation, commonest first. Typed for this project; nobody in the city is real."""

BRITISH_GIRLS = """olivia amelia isla ava emily lily mia isabella freya ella grace poppy charlotte evie sophia jessica sophie
daisy ivy willow florence ruby phoebe alice millie matilda rosie evelyn sienna chloe elsie isabelle erin harriet maisie
scarlett lucy eva holly imogen layla emma jasmine molly amber lola summer megan abigail eleanor zara ellie orla maya
georgia thea bella darcey robyn nancy eliza martha hannah lottie penelope amelie violet esme aria arabella annabelle lexi
skye faith maddison leah katie libby tilly lacey anna heidi lilly niamh keira zoe caitlin beatrice aurora rose maria
victoria francesca iris edith bonnie ottilie maeve margot hallie mabel luna sara hope brooke lydia paige aimee rebecca
tia kayla ebony demi kacey courtney jodie shannon bethany gracie eden clara rowan tabitha""".split()
BRITISH_BOYS = """oliver george harry jack noah charlie jacob alfie freddie oscar leo archie theo thomas james henry william
joshua max logan lucas ethan arthur isaac harrison teddy joseph edward alexander daniel finley mason samuel sebastian
adam dylan riley benjamin elijah luca reuben toby tommy zachary hugo jude jake louie ollie david harvey ralph rory jaxon
bobby ryan stanley luke nathan callum connor tyler matthew liam jayden michael lewis owen elliot frankie albie ezra felix
jenson rowan caleb ronnie aaron cameron kai blake reggie kian robert gabriel leon jamie finn sonny jasper frederick roman
ellis dexter charles louis albert ben corey kieran bradley brandon josh reece rhys ashton taylor aidan sam ted otis
carter ellis hayden joel morgan rufus wilfred zac""".split()
BRITISH_WOMEN = """sarah emma laura rebecca claire gemma victoria samantha rachel amy lisa nicola hannah charlotte katie
michelle jennifer natalie kelly helen lauren jessica stephanie joanne louise sophie danielle lucy kirsty leanne karen
amanda hayley donna zoe emily tracey stacey kerry melissa vicky julie jodie catherine elizabeth cheryl kate anna angela
jane megan chloe sharon dawn heather naomi alison kimberley ruth carly abigail jade natasha jo marie tina abbie debbie
holly georgina alice fiona rosie beth tanya mandy""".split()
BRITISH_MEN = """david christopher james daniel matthew michael andrew paul mark richard robert thomas lee stephen john adam
jonathan simon craig ben steven ryan luke peter scott gareth ian jamie martin kevin stuart anthony darren philip gary
nicholas benjamin joseph nathan alexander sam tom dean wayne jason neil carl ashley liam kieran shaun graham william
karl josh aaron jack lewis marc edward tim russell callum keith george charles barry oliver robin ross kyle leon rhys
tony patrick sean dominic""".split()

POLISH_F = """zuzanna julia maja zofia hanna lena alicja maria amelia oliwia aleksandra wiktoria natalia antonina pola
nikola gabriela emilia laura anna katarzyna agnieszka magdalena monika joanna ewelina karolina beata dorota""".split()
POLISH_M = """jakub szymon antoni filip jan kacper aleksander franciszek mikolaj wojciech adam michal stanislaw nikodem
oskar dawid mateusz tomasz piotr krzysztof marcin pawel lukasz bartosz maciej rafal kamil oliwier""".split()
ROMANIAN_F = (
    "maria andreea elena ioana sofia alexandra daria ana gabriela mihaela cristina larisa bianca raluca sara".split()
)
ROMANIAN_M = (
    "andrei alexandru david matei stefan ionut mihai gabriel luca cristian florin vasile adrian denis rares".split()
)
MUSLIM_F = """fatima aisha maryam zainab khadija amina hafsa safa sumaya aaliyah iqra hana noor zahra sara layla asma ruqayyah
inaya halima mariam yasmin samira salma anisa nadia sana saima shazia nazia rukhsana farzana nasreen""".split()
MUSLIM_M = """muhammad mohammed ibrahim yusuf ahmed ali abdullah omar hamza bilal zakariya adam ayaan hassan hussain yahya
musa ismail idris khalid haroon zain imran usman tariq asif kamran shahid nadeem faisal adnan""".split()
SOMALI_F = """hodan ayaan sagal ifrah hibo fadumo ubah sahra nasra hamdi deeqa zamzam idil fartun amina asha halima khadra
maryan safiya sumaya najma muna""".split()
SOMALI_M = """mohamed abdi ahmed abdirahman yusuf hassan mustafa liban zakaria ayanle mahad abdullahi guled ismail warsame
bile ilyas sharmake khalid jama mukhtar""".split()
BENGALI_F = (
    "fahmida nusrat taslima tahmina jannat mahira sadia rahima shirin rehana momtaz nazma sultana farhana lubna".split()
)
BENGALI_M = "tanvir rahim karim shafiq abdul jamal mizan foysal rafi sabbir nayeem arif habib shahin kamrul".split()
INDIAN_F = "priya anaya diya aanya meera riya asha kavita simran harpreet jasleen sunita neha pooja anjali divya lakshmi".split()
INDIAN_M = "arjun aarav rohan vihaan krishna rahul amit raj sanjay harpreet gurpreet manpreet vikram anil suresh deepak".split()
CARIBBEAN_F = """shanice destiny tiana kiara naomi aaliyah jada renee simone chantelle tanisha kezia imani latoya sherene
marcia monique shauna""".split()
CARIBBEAN_M = """jayden tyrell malachi kymani dante jerome tyrese marlon darnell leroy dwayne andre kemar isaiah josiah
delroy winston carlton""".split()
AFRICAN_F = "esther grace blessing adaeze abena ama chioma efua favour precious mercy joy folake ruth selam hiwot tendai".split()
AFRICAN_M = (
    "emmanuel daniel david kwame kofi chidi samuel tunde emeka joseph kwabena yaw isaac obinna dawit tapiwa".split()
)
CHINESE_F = "wing mei yan hiu jia yi lok xin ying ching amy grace chloe vivian cindy".split()
CHINESE_M = "chun ho wai ming jun hao yu long wei kit jason kevin ryan marcus lucas".split()

# Short and other forms under which an agency may write a child down.
# Short forms, and of a few names the long one; several stand with blanks between.
NICKNAMES = {
    "olivia": "liv livvy", "isabella": "bella izzy", "emily": "em", "charlotte": "lottie charlie", "sophia": "sophie", "jessica": "jess jessie", "matilda": "tilly",
    "florence": "flo", "evelyn": "evie", "isabelle": "izzy", "harriet": "hattie harry", "imogen": "immy", "abigail": "abi abbie", "eleanor": "ellie nell",
    "georgia": "george", "penelope": "penny", "annabelle": "anna", "maddison": "maddie", "katie": "kate katherine", "elizabeth": "beth liz lizzie betty",
    "victoria": "vicky tori vic", "francesca": "fran frankie", "rebecca": "becky becca bex", "bethany": "beth", "samantha": "sam sammy", "jennifer": "jen jenny", "natalie": "nat tasha",
    "stephanie": "steph", "danielle": "dani", "catherine": "cath kate cathy", "amanda": "mandy", "melissa": "mel", "kimberley": "kim",
    "jacqueline": "jackie", "oliver": "ollie oli", "harry": "harrison henry", "charlie": "charles", "freddie": "fred frederick", "archie": "archibald",
    "thomas": "tom tommy", "james": "jamie jim", "william": "will bill billy liam", "joshua": "josh", "joseph": "joe joey", "edward": "ted eddie ed", "alexander": "alex xander sandy",
    "daniel": "dan danny", "samuel": "sam sammy", "sebastian": "seb", "benjamin": "ben benji", "zachary": "zac zack", "matthew": "matt", "michael": "mike mick mikey",
    "nathan": "nate", "cameron": "cam", "robert": "bob rob bobby robbie", "gabriel": "gabe", "frederick": "freddie fred", "david": "dave",
    "christopher": "chris kit", "andrew": "andy", "richard": "rich rick dick", "stephen": "steve", "steven": "steve", "jonathan": "jon jonny",
    "anthony": "tony ant", "philip": "phil pip", "nicholas": "nick nicky", "timothy": "tim", "aleksandra": "ola", "katarzyna": "kasia",
    "agnieszka": "aga", "zuzanna": "zuzia", "jakub": "kuba", "mohammed": "mo moh", "mohamed": "mo", "muhammad": "mo", "emmanuel": "manny",
}  # fmt: skip
# Spellings that differ when a name is heard and written in another alphabet's or language's way.
TRANSLITERATIONS = {
    "muhammad": "mohammed mohamed mohammad muhammed md", "mohammed": "muhammad mohamed mohamad mohammad", "mohamed": "mohammed muhammad mohamud maxamed", "ahmed": "ahmad axmed", "yusuf": "yousef youssef yousuf", "hussain": "hussein husain hossain",
    "abdirahman": "abdurahman abdirahmaan cabdiraxmaan", "abdullah": "abdallah abdulla", "omar": "umar omer", "usman": "osman uthman", "ibrahim": "ebrahim ibraahim", "fatima": "fatimah fatema faduma",
    "aisha": "ayesha aysha caasha", "maryam": "mariam miriam maryan", "mariam": "maryam maryan", "zainab": "zaynab zeinab", "khadija": "khadijah kadija", "hodan": "hodhan",
    "fadumo": "fatuma", "halima": "halimah", "layla": "leila laila", "amina": "aminah", "yasmin": "yasmeen jasmin", "noor": "nur nour", "sumaya": "sumayyah",
    "jakub": "jacob", "szymon": "simon", "mikolaj": "nicholas", "michal": "michael", "wiktoria": "victoria", "zofia": "sofia",
    "oliwia": "olivia", "aleksander": "alexander", "stefan": "stephen", "tomasz": "thomas", "andrei": "andrey andrew", "priya": "pria",
    "harpreet": "harprit", "gurpreet": "gurprit", "karim": "kareem", "rahim": "raheem", "kwame": "kwami", "chun": "jun", "xin": "shin",
    "zakariya": "zakaria", "zakaria": "zakariya", "musa": "moussa", "bilal": "bilaal", "hamza": "hamzah", "hassan": "hasan xasan",
}  # fmt: skip
