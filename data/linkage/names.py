"""Names that are the same name: nicknames, and spellings of one name in another script."""

from __future__ import annotations

# Groups end with a semicolon and are told by their first name. A name may stand in several (sam).
GROUPS = """
abdirahman abdurahman abdulrahman abdirahmaan abdurrahman rahman; abdullah abdulla abdallah; abigail abi abbie abby
gail; adam adan; agata agatha aga; agnieszka aga; ahmed ahmad ahmet achmed; aisha ayesha aysha aishah ayisha aicha;
alan allan allen alun; albert bert al bertie; aleksandra ola alexandra alex sandra sasha; alexander alex alec sandy
xander sasha alexandr aleksander al; alfred alf alfie fred freddie; ali aly; alison ali allison; amanda mandy;
amelia amy millie milly; amina aminah ameena aamina; andrei andrey andrej; andrew andy drew andrzej andrei; angela
angie ange; anna ann anne annie hannah ania anya; annabelle annabel anna bella belle; anthony tony antony ant
antonio; archer archie; archibald archie archy; arthur art artie; augustus gus; barbara barb babs basia; bartosz
bartek bart; beatrice bea trixie beatrix; benjamin ben benji benny; bethany beth; bilal belal; bilal bilaal belal;
bradley brad; cameron cam; caroline carol carrie carolyn; catalina cat; catherine katherine kathryn cathy kathy kate
katie kat kitty cath cat katarzyna kasia katharine; charles charlie chas chuck charley; charlotte charlie lottie
lotte; christine chris christina tina chrissy krystyna; christopher chris kit topher krzysztof; chun jun; clifford
cliff; connor conor con; daniel dan danny; danielle dani danni; david dave davy dai dawid davey; deborah debbie deb
debra debs; declan dec; deepak dipak; derek del derrick; dominic dom dominik; donald don donny; dorothy dot dotty
dolly; douglas doug dougie; edward ed eddie ted teddy ned eddy; eleanor ellie nell nora elinor ella elle; elizabeth
liz beth lizzie betty eliza libby elsie lisa betsy elisabeth elzbieta ela; ellen nellie ellie; elliot eliot elliott;
emily em emmy millie; emma em emmie; emmanuel manny emanuel manu; ethan eth; evelyn evie eve evelina; ewa eva;
fadumo fatuma faduma fadumah fatima; farah farrah; fatima fatimah fatema fatma faatimah; fergus gus; finlay fin finn
finley; florence flo florrie flossie; frances fran frankie francesca; francis frank frankie; frederick fred freddie
freddy frederic; gabriel gabe; gabriella gabby gabi ella gabrielle; gareth gaz gary; geoffrey geoff jeff jeffrey;
george georgie jerzy; georgia georgie; georgina georgie gina georgia; gerald gerry jerry; gillian gill jill; grace
gracie; graham graeme grahame; gregory greg grzegorz; gurdeep gurdip; gurpreet gurprit; gwendoline gwen; habib
habeeb; halima halimah haleema; hamse hamza; hamza hamzah; harold harry hal; harpreet harprit; harriet hattie harry;
harrison harry harris; hassan hasan hassaan; helen nell ellen lena helena; henry harry hank; hodan hodhan; hussein
hussain husain hossain hussien; ian iain; ibrahim ebrahim ibraheem; imogen immy imo; imran emran; isaac zac ike
isaak; isabella bella izzy isabelle isabel isobel ella izabela; ismail ismaeel esmail; jack jackie john; jacob jake
jakub kuba jakob; jacqueline jackie jacqui jaqueline; jamal jamaal gamal; james jim jimmy jamie jem; jane janet
janie jan; janet jan; jason jay; jennifer jen jenny jenn jenna; jeremy jerry jez; jessica jess jessie; joanna asia
joasia; joanna jo joanne jojo asia joan; jocelyn joss; john johnny jon jack johnnie jan sean ian; jonathan jon jonny
jonathon johnathan nathan; joseph joe joey jozef yusuf yousef youssef; josephine jo josie fina; joshua josh; judith
judy jude; julia julie jules; justin jus; kamil camille; karen kaz karyn; karim kareem; kayleigh kay kayley kaylee;
keith keeth; kenneth ken kenny; kevin kev; khadija khadijah kadija khadeeja; khalid khaled; kieran kieron ciaran;
kimberley kim kimberly; kwame kwami; laura lauren laurie; lawrence larry laurie laurence; layla leila laila leyla;
leah lea lia; leanne lee leeann; leonard len lenny leo; leopold leo; leslie les lesley; lewis louis lou louie; liam
lee william; lilian lily lil lillian lilly; louise lou lulu; lucas luke luca lukasz lukas; lucia lucy; lucy lucie
luce lucinda; maddison maddie madison; madeleine maddie maddy madeline madison; magdalena magda lena; malgorzata
gosia margaret; marcus mark markus; margaret maggie meg peggy marge margie margot madge greta; maria marie mary
mariah mia; mariam maryam miriam mariyam; martha marty; martin marty marcin; mary molly polly may marie maria; mateo
matteo; mateusz matthew matty matt mathew; matilda tilly mattie tilda; maxwell max maximilian; megan meg meghan
meggie; mehmet mehmed; melanie mel; melissa mel missy lissa; michael mike mick mickey micky mikey michal mikael;
michelle shell michele chelle; mikolaj nicholas mikolai; mohammed muhammad mohamed mohammad mohamad muhammed mo moh
mohamud mohamoud mahamed md muhamed mehmet; monika monica mon; musa moussa mousa; mustafa mustapha moustafa; nadia
nadya; nasir naseer; natalie nat natalia tasha nathalie; natasha tasha nat tash; nathaniel nathan nat nate
nathanial; nicholas nick nicky nicolas nik; nicola nicky nic nikki nicole; noah noa; noor nur nour; oliver ollie
olly oli; olivia liv livvy ollie livia; oliwia olivia; omar umar omer; oscar ozzy; osman usman uthman othman;
ottilie tilly; pamela pam; patricia pat trish tricia patty patsy trisha; patrick pat paddy; paul pawel pauly;
penelope penny pen; peter pete piotr; philip phil phillip pip; phoebe phebe; piotr peter; priya pria; rachel rach
rachael; rafal raphael rafael raf; rahim raheem; rajesh raj; ramadan ramadhan; raymond ray; rebecca becky becca beck
rebekah bex; reginald reg reggie; richard rick dick ricky rich richie; robert bob rob bobby robbie bert; robin rob;
roderick rod; rodney rod; roger rog; ronald ron ronnie; rosalind rosie ros; rosemary rose rosie; ruby rubi; ruth
ruthie; ryan rian; sadia saadia; saeed said sayed syed; salma selma; samantha sam sammy sammie; samuel sam sammy
sami; sandra sandy; sarah sara sally sal; scott scotty; sean shaun shawn; sebastian seb bastian; shannon shan;
sharon shaz; sheikh shaikh shaykh; sidney sid sydney; sienna siena; simon si szymon; sofia sophia sophie zofia
sophy; stanislaw stan; stanley stan; stephanie steph stef; stephen steven steve stevie stefan stephan; stuart
stewart stu; sukhdeep sukh; suleiman sulaiman suleman sulayman; sumaya sumayyah sumaiya sumayya; susan sue susie
suzanne suzy susanna susannah; sylvia sylvie; tabitha tabby; tariq tarik tareq; terence terry terrence; teresa
theresa terry tess tessa; theodora thea theo; theodore theo ted teddy; thomas tom tommy tomasz; timothy tim timmy;
toby tobias tobi; tracey tracy trace; tyler ty; valerie val; vanessa nessa ness; veronica ronnie vera; victor vic
viktor; victoria vicky vicki tori vikki wiktoria; vincent vince vinny; vivian viv vivienne; walter wally walt; wendy
wend; william bill will billy willy liam; wojciech wojtek; xin shin hsin; yasin yassin yaseen; yasmin yasmine
jasmine yasmeen jasmin; yunus younis yunis younus; yusuf yousuf yusef yousaf yousef youssef; zachariah zack; zachary
zac zach zak zack zachariah; zahid zaheed; zainab zaynab zeinab zaineb; zakaria zakariya zac zak; zara zahra zarah;
zoe zoey; zuzanna zuzia zuza susanna
"""

# What systems hold where nobody had a name to write.
PLACEHOLDERS = """
baby babyboy babygirl unborn unknown unk notknown nk na none nil null child test infant male female boy girl mr mrs
miss ms dr xxx tbc tba anon anonymous person
"""


def pairs() -> list[tuple[str, str]]:
    """Every (name, group) pair, sorted."""
    groups = [group.split() for group in GROUPS.split(";")]
    return sorted({(name, group[0]) for group in groups for name in group})


def placeholders() -> list[str]:
    """Words that stand for no name."""
    return PLACEHOLDERS.split()
